import type { SteadyClock } from './steadyClock';

const BURST = 4;
const INTERVAL_MS = 7_000;
/** Who looks through many tenants in a minute doesn't wait longer than this for a retry. */
const LONGEST_WAIT_MS = 21_000;

/**
 * Turns for requests: four at once, then one every 7 s, whoever asks. So a page sends 13 a minute at the most, however
 * often `refresh()` is called and whatever a backend answers. The first request of a tenant waits for no turn.
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
      const nowMs = now();
      const fullMs = nowMs + (BURST - 1) * INTERVAL_MS + LONGEST_WAIT_MS;
      drainedAtMs = Math.min(fullMs, Math.max(drainedAtMs, nowMs) + INTERVAL_MS);
    },
  };
}
