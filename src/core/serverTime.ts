import type { SteadyClock } from './steadyClock';

/** A `Date` header has whole seconds. No token gains by this: its guard is as long. */
const TOLERANCE_MS = 1_000;

/** Tells what a server says now from what a cache kept of it. */
export interface ServerTime {
  /**
   * Hears a server's time, so long after the request for it was sent. False for one that may have been kept:
   * - it was heard before;
   * - it has moved less than this page's monotonic clock, which never runs ahead but may miss a sleep;
   * - it has moved less than steady time since the one before, which sees every sleep but also takes a clock that was set
   *   for one: then the next statement settles it.
   */
  hear(serverMs: number | undefined, sinceSentMs: number): boolean;
}

export function createServerTime(monotonicNow: () => number, now: SteadyClock): ServerTime {
  let freshest = { serverMs: Number.NEGATIVE_INFINITY, atMs: 0 };
  let latest = freshest;
  return {
    hear(serverMs, sinceSentMs) {
      if (serverMs === undefined || serverMs <= latest.serverMs) return false;
      const [monotonicMs, steadyMs] = [monotonicNow(), now()];
      const slowestMs = (known: typeof latest, nowMs: number): number => known.serverMs + nowMs - known.atMs;
      const leastMs = slowestMs(freshest, monotonicMs);
      const expectedMs = Math.max(leastMs, slowestMs(latest, steadyMs));
      if (serverMs >= leastMs) freshest = { serverMs, atMs: monotonicMs };
      latest = { serverMs, atMs: steadyMs };
      return serverMs >= expectedMs - sinceSentMs - TOLERANCE_MS;
    },
  };
}
