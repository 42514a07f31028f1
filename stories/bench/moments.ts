import type { Bench, Mood } from './createBench';

const MINUTE = 60_000;

/** So much of a token's hour passes, and the backend answers so from now on. */
export function passWith(mood: Mood, minutes: number): (bench: Bench) => void {
  return (bench) => {
    bench.setMood(mood);
    bench.backend.clock.advance(minutes * MINUTE);
  };
}

/** The token ends, and the backend answers so from now on. */
export function expireWith(mood: Mood): (bench: Bench) => void {
  return (bench) => {
    bench.setMood(mood);
    bench.moveClock('expire');
  };
}
