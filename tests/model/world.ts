import type { Clock } from '../../src/core/schedule';

/** What is asked of the machine that the page runs on. */
export interface World {
  readonly clock: Clock;
  /** The server's time, the only true one, in ms since 1970. */
  readonly trueNow: () => number;
  /** How long the page has been awake, in ms: what timers go by. */
  readonly awakeMs: () => number;
  /**
   * What neither wall nor monotonic time has shown the page so far: a sleep that the monotonic clock missed, with the wall
   * clock set back by the same amount before anybody looked. Nothing on the page can know of it.
   */
  readonly unseenMs: () => number;
  readonly wallOffsetMs: () => number;
  readonly random: () => number;
  /** Timers of the page that have not run. */
  readonly timerCount: () => number;
  /** The network's own timer: it runs while the page's timers are throttled, and not while the machine sleeps. */
  readonly later: (ms: number, run: () => void) => void;
  /** Time passes; `onSecond` is called at each whole second. */
  readonly pass: (ms: number, onSecond: () => void) => Promise<void>;
  /** Time passes and nothing runs. */
  readonly sleep: (ms: number, isSeenByMonotonic: boolean) => void;
  /** Somebody sets the page's clock, forward or back. */
  readonly setClock: (ms: number) => void;
  /** Page timers run at whole minutes only, as in a hidden tab that is throttled. */
  readonly throttle: (isThrottled: boolean) => void;
  /** Runs what is due now and lets every promise settle. */
  readonly settle: () => Promise<void>;
  readonly uninstall: () => void;
}

export interface WorldParts {
  readonly seed: number;
  readonly wallOffsetMs: number;
  /** Wraps whatever runs by itself: a tree needs act() around it. */
  readonly around?: ((work: () => Promise<void>) => Promise<void>) | undefined;
}

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

const START_MS = Date.UTC(2030, 0, 1);
const MINUTE_MS = 60_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const nextTurn = globalThis.setImmediate;

/** Replaces the global timers until `uninstall()`. */
export function createWorld({ seed, wallOffsetMs: firstOffsetMs, around = (work) => work() }: WorldParts): World {
  const random = createRandom(seed);
  const page = new Map<number, Timer>();
  const network = new Map<number, Timer>();
  let lastId = 0;
  let trueMs = START_MS;
  let awakeMs = 0;
  let monotonicMs = 1_000;
  let wallOffsetMs = firstOffsetMs;
  let unseenMs = 0;
  let read = { trueMs, wallMs: trueMs + wallOffsetMs, monotonicMs };
  let isThrottled = false;

  const clock: Clock = {
    now: () => trueMs + wallOffsetMs,
    monotonicNow() {
      const wallMs = trueMs + wallOffsetMs;
      const seenMs = Math.max(wallMs - read.wallMs, monotonicMs - read.monotonicMs, 0);
      unseenMs += Math.max(0, trueMs - read.trueMs - seenMs);
      read = { trueMs, wallMs, monotonicMs };
      return monotonicMs;
    },
    random,
  };

  function add(timers: Map<number, Timer>, run: () => void, delayMs: number): number {
    // Whole ms: what a fraction does to a sum would be a moment that never comes.
    const ms = delayMs > 0 && delayMs <= LONGEST_TIMER_MS ? Math.ceil(delayMs) : 0;
    timers.set(++lastId, { atMs: awakeMs + ms, run });
    return lastId;
  }

  /** A timer that runs again and again keeps the id it was given. */
  function repeat(run: () => void, ms: number): number {
    const id = add(page, tick, ms);
    function tick(): void {
      page.set(id, { atMs: awakeMs + Math.max(1, Math.ceil(ms)), run: tick });
      run();
    }
    return id;
  }

  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const original = { setTimeout, clearTimeout, setInterval, clearInterval };
  const remove = (id: number | undefined): void => void (id !== undefined && page.delete(id));
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms = 0) => add(page, run, ms),
    clearTimeout: remove,
    setInterval: (run: () => void, ms = 0) => repeat(run, ms),
    clearInterval: remove,
  });

  /** When a page timer may run: throttling moves it to the next whole minute. */
  const dueAt = (atMs: number): number => (isThrottled ? Math.ceil(atMs / MINUTE_MS) * MINUTE_MS : atMs);

  function nextMs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { atMs } of page.values()) next = Math.min(next, dueAt(atMs));
    for (const { atMs } of network.values()) next = Math.min(next, atMs);
    return next;
  }

  /** The earliest that is due; one at a time, for a timer may be cleared by the one before it. */
  function takeDue(): (() => void) | undefined {
    let first: { timers: Map<number, Timer>; id: number; atMs: number } | undefined;
    for (const timers of [page, network]) {
      for (const [id, timer] of timers) {
        const atMs = timers === page ? dueAt(timer.atMs) : timer.atMs;
        if (atMs <= awakeMs && !(first && first.atMs <= atMs)) first = { timers, id, atMs };
      }
    }
    const run = first?.timers.get(first.id)?.run;
    first?.timers.delete(first.id);
    return run;
  }

  /** At one moment at most so often: a timer of 0 ms that arms itself for ever is a fault of its own. */
  async function settle(): Promise<void> {
    await around(async () => {
      await flush();
      let count = 0;
      for (let run = takeDue(); run; run = takeDue()) {
        if (++count > 500) throw new Error('storm: timers of 0 ms without an end');
        run();
        await flush();
      }
    });
  }

  function move(ms: number): void {
    trueMs += ms;
    awakeMs += ms;
    monotonicMs += ms;
  }

  return {
    clock,
    trueNow: () => trueMs,
    awakeMs: () => awakeMs,
    unseenMs: () => unseenMs,
    wallOffsetMs: () => wallOffsetMs,
    random,
    timerCount: () => page.size,
    later: (ms, run) => void add(network, run, ms),
    async pass(ms, onSecond) {
      const endMs = awakeMs + ms;
      while (awakeMs < endMs) {
        const second = (Math.floor(awakeMs / 1_000) + 1) * 1_000;
        move(Math.max(0, Math.min(nextMs(), second, endMs) - awakeMs));
        if (nextMs() <= awakeMs) await settle();
        if (awakeMs === second) onSecond();
      }
    },
    sleep(ms, isSeenByMonotonic) {
      trueMs += ms;
      if (isSeenByMonotonic) monotonicMs += ms;
    },
    setClock(ms) {
      wallOffsetMs += ms;
    },
    throttle(throttled) {
      isThrottled = throttled;
    },
    settle,
    uninstall: () => void Object.assign(globalThis, original),
  };
}

/** Every promise that needs no time settles before the next turn of the event loop. */
function flush(): Promise<void> {
  return new Promise((resolve) => nextTurn(resolve));
}

/** Mulberry32: chance that a seed repeats. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
