import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** How much of its sweep a test walks: all of it, or the tenth that tells whether anything is wrong. */
    shareOfSweep: number;
  }
}

/** How many of a whole sweep's runs are walked here. */
export function countRuns(whole: number): number {
  return Math.ceil(whole * inject('shareOfSweep'));
}
