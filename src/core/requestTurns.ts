import type { SteadyClock } from './steadyClock';

const BURST = 3;
const INTERVAL_MS = 6_000;

/**
 * Turns for requests: three at once, then one every 6 s, whoever asks. So a page sends 13 a minute at the most, however
 * often `refresh()` is called and whatever a backend answers. The first request of a tenant needs no turn.
 */
export interface RequestTurns {
  /** Steady time of the next turn; now or earlier where one is free. */
  freeAtMs(): number;
  /** A request goes out. */
  count(): void;
}

/** The field's name for this is a leaky bucket, kept as the moment by which it has drained. */
export function createRequestTurns(now: SteadyClock): RequestTurns {
  let drainedAtMs = Number.NEGATIVE_INFINITY;
  return {
    freeAtMs: () => drainedAtMs - (BURST - 1) * INTERVAL_MS,
    count() {
      drainedAtMs = Math.max(drainedAtMs, now()) + INTERVAL_MS;
    },
  };
}
