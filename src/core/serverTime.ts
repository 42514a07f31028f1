/** A `Date` header has whole seconds. No token gains by this: its guard is as long. */
const TOLERANCE_MS = 1_000;

/** Tells what a server says now from what a cache kept of it. */
export interface ServerTime {
  /**
   * Hears a server's time, so long after the request for it was sent. False for one that was kept: it was heard before, or
   * it has moved less than this page's monotonic clock, which never runs ahead but may miss a sleep.
   */
  hear(serverMs: number | undefined, sinceSentMs: number): boolean;
}

export function createServerTime(monotonicNow: () => number): ServerTime {
  let newest: { readonly serverMs: number; readonly atMs: number } | undefined;
  let latestMs = Number.NEGATIVE_INFINITY;
  return {
    hear(serverMs, sinceSentMs) {
      if (serverMs === undefined) return false;
      const atMs = monotonicNow();
      const leastMs = newest ? newest.serverMs + atMs - newest.atMs : Number.NEGATIVE_INFINITY;
      if (serverMs >= leastMs) newest = { serverMs, atMs };
      const isLater = serverMs > latestMs;
      latestMs = Math.max(latestMs, serverMs);
      return isLater && serverMs >= leastMs - sinceSentMs - TOLERANCE_MS;
    },
  };
}
