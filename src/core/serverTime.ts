/** A `Date` header has whole seconds. No token gains by this: its guard is as long. */
const TOLERANCE_MS = 1_000;

/** Tells what a server says now from what a cache kept of it. */
export interface ServerTime {
  /**
   * Hears a server's time, so long after the request for it was sent. False for one that was kept: a server's clock can't
   * have moved less than this page's monotonic one, which never runs ahead.
   */
  hear(serverMs: number | undefined, sinceSentMs: number): boolean;
}

export function createServerTime(monotonicNow: () => number): ServerTime {
  let newest: { readonly serverMs: number; readonly atMs: number } | undefined;
  return {
    hear(serverMs, sinceSentMs) {
      if (serverMs === undefined) return false;
      const atMs = monotonicNow();
      const leastMs = newest ? newest.serverMs + atMs - newest.atMs : Number.NEGATIVE_INFINITY;
      if (serverMs >= leastMs) newest = { serverMs, atMs };
      return serverMs >= leastMs - sinceSentMs - TOLERANCE_MS;
    },
  };
}
