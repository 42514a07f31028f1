/** Where time and chance come from. Timers are not part of it: they only decide when the clock is read again. */
export interface Clock {
  /** Wall time in ms since 1970. It sees sleep, and it can be set back or forward. */
  now(): number;
  /** Time in ms since some start. It cannot be set, and on some machines it stops during sleep. */
  monotonicNow(): number;
  /** A number from 0 up to but without 1. */
  random(): number;
}

/** The page's own clock, looked up at each call so that fake timers installed later are obeyed. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicNow: () => performance.now(),
  random: () => Math.random(),
};
