const MOST = 13;
const MINUTE_MS = 60_000;
/** An attempt may send again: to renew a session, to follow a redirect, for a token that came dead. */
const LEAST_ROOM = 2;

/**
 * The ceiling of a page: 13 requests in any minute, whoever asks and whatever a backend answers. The first request of a
 * tenant waits for no turn.
 */
export interface RequestTurns {
  /** How long until an attempt has room; 0 where it has. */
  waitMs(): number;
  /** A request goes out, the so-manieth of its attempt. */
  count(nth: number): void;
}

/** On monotonic time: a wall clock that is set forward would make room for a second burst within the same minute. */
export function createRequestTurns(monotonicNow: () => number): RequestTurns {
  const sentAtMs: number[] = [];
  let lastCount = 0;
  return {
    waitMs() {
      // Whoever needed more last time, as behind a redirect, will need it again.
      const room = Math.max(LEAST_ROOM, lastCount);
      const blocking = sentAtMs.at(room - MOST - 1);
      return blocking === undefined ? 0 : Math.max(0, blocking + MINUTE_MS - monotonicNow());
    },
    count(nth) {
      lastCount = nth;
      sentAtMs.push(monotonicNow());
      if (sentAtMs.length > MOST) sentAtMs.shift();
    },
  };
}
