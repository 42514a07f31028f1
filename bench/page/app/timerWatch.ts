/** The page's timers from before its app has loaded. This file is imported first. */
const dueAt = new Map<number, number>();
let fired = 0;

export const timerWatch = {
  /** How many wait now; an interval is one. */
  countAlive: (): number => dueAt.size,
  countFired: (): number => fired,
  /** How long the latest one has to wait, in ms. */
  getLongestMs: (): number => Math.max(0, ...dueAt.values()) - performance.now(),
};

type Handler = (...args: unknown[]) => void;
type Start = (handler: Handler, ms?: number, ...args: unknown[]) => number;

const startTimeout = window.setTimeout.bind(window) as unknown as Start;
const startInterval = window.setInterval.bind(window) as unknown as Start;
const stopTimer = window.clearTimeout.bind(window);

function stop(id?: number): void {
  if (id === undefined) return;
  dueAt.delete(id);
  stopTimer(id);
}

const watched: Readonly<Record<'setTimeout' | 'setInterval', Start>> = {
  setTimeout(handler, ms = 0, ...args) {
    const id: number = startTimeout(() => {
      dueAt.delete(id);
      fired++;
      handler(...args);
    }, ms);
    dueAt.set(id, performance.now() + ms);
    return id;
  },
  setInterval(handler, ms = 0, ...args) {
    const id: number = startInterval(() => {
      fired++;
      handler(...args);
    }, ms);
    dueAt.set(id, performance.now() + ms);
    return id;
  },
};
// The browser keeps timeouts and intervals in one list.
Object.assign(window, watched, { clearTimeout: stop, clearInterval: stop });
