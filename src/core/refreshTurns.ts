const BURST = 3;
const INTERVAL_MS = 5_000;

/** Turns for `refresh()`: three at once, then one every 5 s, however often it is called. */
export interface RefreshTurns {
  /** Takes a turn and returns 0, or returns how long to wait for one. */
  take(nowMs: number): number;
}

/** The field's name for this is a leaky bucket, kept as the moment by which it has drained. */
export function createRefreshTurns(): RefreshTurns {
  let drainedAtMs = Number.NEGATIVE_INFINITY;
  return {
    take(nowMs) {
      const drained = Math.max(drainedAtMs, nowMs);
      const waitMs = drained - nowMs - (BURST - 1) * INTERVAL_MS;
      if (waitMs > 0) return waitMs;
      drainedAtMs = drained + INTERVAL_MS;
      return 0;
    },
  };
}
