import type { Clock } from 'react-upsolve-tenant';

let passedMs = 0;

/** A clock for the provider that moves when it is told to: ten thousand refreshes need most of a day. */
export const drivenClock: Clock & { advance(ms: number): void } = {
  now: () => Date.now() + passedMs,
  monotonicNow: () => performance.now() + passedMs,
  random: () => Math.random(),
  advance(ms) {
    passedMs += ms;
  },
};

/** The lid is closed: the wall clock moves for everyone, no timer runs, and no event tells of it. */
export function sleep(ms: number): void {
  const wallNow = Date.now.bind(Date);
  Date.now = () => wallNow() + ms;
}

/** The ms after a sleep in which the old token stays on screen, looked at in every frame; null: beyond the limit. */
export async function sleepUntilGone(ms: number, limitMs: number): Promise<number | null> {
  const token = document.querySelector<HTMLElement>('[data-token]')?.dataset['token'];
  if (token === undefined) throw new Error('No dashboard is on screen.');
  const isShown = (): boolean => document.querySelector(`[data-token="${token}"]`) !== null;
  sleep(ms);
  const startedAt = performance.now();
  while (performance.now() - startedAt < limitMs) {
    if (!isShown()) return performance.now() - startedAt;
    await new Promise(requestAnimationFrame);
  }
  return null;
}

/** A task of its own. No timer: a nested one is held up for 4 ms, and so is every one that it leads to. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
