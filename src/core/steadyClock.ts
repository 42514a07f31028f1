import type { Clock } from './clock';

/** Time in ms since the clock was made, for comparing moments of this page with each other. */
export type SteadyClock = () => number;

/**
 * Rule 1, the one rule of time: between two readings passed whatever is more of wall time and monotonic time, and never
 * less than nothing. Wall time sees a sleep, which monotonic time may not; monotonic time sees through a wall clock that
 * was set back. A wall clock set forward can't be told from a sleep and counts as one: a token then ends early, never late.
 *
 * The scheduler and the gate both read this clock and no other, so they can't disagree.
 */
export function createSteadyClock(clock: Clock): SteadyClock {
  let wall = clock.now();
  let monotonic = clock.monotonicNow();
  let elapsed = 0;
  return () => {
    const wallNow = clock.now();
    const monotonicNow = clock.monotonicNow();
    elapsed += Math.max(wallNow - wall, monotonicNow - monotonic, 0);
    wall = wallNow;
    monotonic = monotonicNow;
    return elapsed;
  };
}
