import type { Clock } from 'react-upsolve-tenant';

/**
 * A clock that follows `Date.now()` and `performance.now()`, so that fake timers move it too, and that can be pushed
 * further. It runs no timers: whoever reads it sees the new time, and a provider reads it every second, or at once when
 * the page wakes.
 */
export interface FakeClock extends Clock {
  /** Time passes: wall and monotonic time both move by `ms`. */
  advance(ms: number): void;
  /** The device sleeps: wall time moves by `ms`, monotonic time stands still, and no timer has run. */
  sleep(ms: number): void;
  /** Somebody sets the page's clock forward by `ms`, or back if below 0. No time passes: the backend's clock stays right. */
  set(ms: number): void;
  /** True time, as the fake backend has it, in ms since 1970: `set` does not move it. */
  serverNow(): number;
}

/** Chance is off: `random` is 0, so that nothing is jittered. */
export function createFakeClock(): FakeClock {
  let passedMs = 0;
  let sleptMs = 0;
  let setByMs = 0;
  const serverNow = (): number => Date.now() + passedMs + sleptMs;
  return {
    now: () => serverNow() + setByMs,
    monotonicNow: () => performance.now() + passedMs,
    random: () => 0,
    serverNow,
    advance: (ms) => {
      passedMs += ms;
    },
    sleep: (ms) => {
      sleptMs += ms;
    },
    set: (ms) => {
      setByMs += ms;
    },
  };
}
