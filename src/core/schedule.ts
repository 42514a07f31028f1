/** Why a request is made. `retry` follows a failure by itself; `manual` is `refresh()` or `retry()`. */
export type RequestReason = 'initial' | 'scheduled' | 'expired' | 'wake' | 'retry' | 'manual';

/** What is asked for. */
export type RequestKind = 'tenant' | 'permissions';

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

/** Time in ms since its first reading, for comparing moments of this page with each other. */
export type SteadyClock = () => number;

/**
 * The one clock by which tokens age, requests are planned and dashboards are handed over.
 *
 * Between two readings passed whatever is more of wall time and monotonic time, and never less than nothing. Wall time
 * sees a sleep, which monotonic time may not; monotonic time sees through a wall clock that was set back. A wall clock set
 * forward can't be told from a sleep and counts as one: a token then ends early, never late.
 *
 * Nothing is read before the first call, so one can be made while a page is prerendered.
 */
export function createSteadyClock(clock: Clock): SteadyClock {
  let last: { readonly wall: number; readonly monotonic: number } | undefined;
  let elapsed = 0;
  return () => {
    const read = { wall: clock.now(), monotonic: clock.monotonicNow() };
    if (last) elapsed += Math.max(read.wall - last.wall, read.monotonic - last.monotonic, 0);
    last = read;
    return elapsed;
  };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How often the clock is read again, whatever is due: the gate is never later than this. */
export const TICK_MS: { readonly visible: number; readonly hidden: number } = { visible: SECOND, hidden: MINUTE };
/** After an answer that brings nothing newer, or nothing acceptable. */
export const FLOOR_MS: number = 30 * SECOND;
/** How long an identity's first token waits for its permissions. */
export const FIRST_PERMISSIONS_MS: number = 3 * SECOND;
/** No token counts for longer: a wrong unit must not switch refreshing off. */
export const LONGEST_LIFE_MS: number = 24 * HOUR;
/** An opaque token that says nothing of its end. Source: Upsolve's default expiration. */
export const ASSUMED_LIFE_MS: number = HOUR;

const STOP_WAKE_MS = 30 * SECOND;
const BACKOFF_START_MS = SECOND;
const BACKOFF_CAP_MS = { held: 30 * SECOND, none: MINUTE };
const RETRY_AFTER_MS = { least: SECOND, most: 5 * MINUTE };
const JITTER_MS = 10 * SECOND;

/** The end of a token in steady time, by which whoever shows it goes. */
export interface TokenEnd {
  /** What the answer gave it, in ms from when its request was sent; at most a day. */
  readonly remainingMs: number;
  /** Its end. */
  readonly endsAtMs: number;
  /** Its end less the guard: from here on it is not used. */
  readonly usableUntilMs: number;
}

/** How long before a token's end its refresh is due. */
export function leadMs(remainingMs: number, refreshLeadMs: number): number {
  return Math.min(refreshLeadMs, remainingMs / 2);
}

/** What is taken off a token's life, once, so that it isn't used in its very last moment. */
export function guardMs(remainingMs: number): number {
  return Math.min(5 * SECOND, Math.max(SECOND, remainingMs / 10));
}

/**
 * From the sending of the request that brought it to its refresh. Jitter only makes it later, so that a thousand pages
 * don't ask in one second.
 */
export function refreshDelayMs(remainingMs: number, refreshLeadMs: number, random: () => number): number {
  const lead = leadMs(remainingMs, refreshLeadMs);
  return remainingMs - lead + Math.min(JITTER_MS, lead / 10) * random();
}

/** What a retry depends on. */
export interface RetryCircumstances {
  /** Failures in a row, this one included. */
  readonly failureCount: number;
  readonly hasUsableToken: boolean;
  readonly retryAfterMs?: number | undefined;
  /** The server answered well, but with nothing acceptable: asking sooner would be a storm. */
  readonly hasFloor: boolean;
}

/** From a failure to the next attempt: what the server asked for, or doubling with equal jitter. */
export function retryDelayMs(circumstances: RetryCircumstances, random: () => number): number {
  const { failureCount, hasUsableToken, retryAfterMs, hasFloor } = circumstances;
  if (retryAfterMs !== undefined) {
    return Math.min(RETRY_AFTER_MS.most, Math.max(RETRY_AFTER_MS.least, retryAfterMs));
  }
  const cap = hasUsableToken ? BACKOFF_CAP_MS.held : BACKOFF_CAP_MS.none;
  const full = Math.min(cap, BACKOFF_START_MS * 2 ** Math.min(failureCount - 1, 16));
  return Math.max(hasFloor ? FLOOR_MS : 0, full / 2 + (full / 2) * random());
}

/** What happens next by itself. All moments are steady time; `at` is the same moment by the page's clock. */
export type Plan =
  /** Nothing, until `refresh()`, `retry()` or another identity: before the start, and after `clear()`. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'due';
      readonly atMs: number;
      readonly at: Date;
      readonly reason: RequestReason;
      /** A wake may ask earlier: a backoff that nobody asked for, no Retry-After and no floor. */
      readonly canBePulled: boolean;
    }
  /** Asking has stopped. A wake brings one request, 30 s after the stop at the soonest; `wakeAtMs` is null where none may. */
  | { readonly kind: 'stopped'; readonly wakeAtMs: number | null; readonly at: Date | null };

/** Asking stops until `refresh()`, `retry()` or, unless the session was cleared elsewhere, a wake. */
export function createStop(nowMs: number, canBeWoken: boolean): Plan {
  return { kind: 'stopped', wakeAtMs: canBeWoken ? nowMs + STOP_WAKE_MS : null, at: null };
}

/** When the plan's request is due, in steady time; null where none is planned. */
export function getDueAt(plan: Plan): number | null {
  if (plan.kind === 'due') return plan.atMs;
  return plan.kind === 'stopped' && plan.at ? plan.wakeAtMs : null;
}

/** The first of several moments; null where none is planned. */
export function getEarliest(...moments: readonly (number | null)[]): number | null {
  const planned = moments.filter((moment) => moment !== null);
  return planned.length > 0 ? Math.min(...planned) : null;
}

/** What a wake makes of a plan. What is due may be asked anyway; a backoff is pulled forward; a stop is remembered. */
export function wakePlan(plan: Plan, nowMs: number, localNowMs: number): Plan {
  if (plan.kind === 'due' && plan.canBePulled && plan.atMs > nowMs) {
    return { kind: 'due', atMs: nowMs, at: new Date(localNowMs), reason: 'wake', canBePulled: false };
  }
  if (plan.kind !== 'stopped' || plan.wakeAtMs === null || plan.at) return plan;
  return { ...plan, at: new Date(localNowMs + Math.max(0, plan.wakeAtMs - nowMs)) };
}

/** The first, a renewed session, where a redirect leads, and once more for a token that came dead. */
const MOST_SENDS = 4;

export type SendBudget = ReturnType<typeof createSendBudget>;

/** What one attempt may still send, and when it sent the last: a token's age starts there, not at a slow `headers()`. */
export function createSendBudget(now: () => number) {
  let left = MOST_SENDS;
  let sentAtMs = now();
  return {
    take(): void {
      left -= 1;
      sentAtMs = now();
    },
    isSpent: (): boolean => left < 1,
    getSentAtMs: (): number => sentAtMs,
  };
}

const BURST = 3;
const INTERVAL_MS = 5 * SECOND;
const MOST_FIRST = 10;

export type Ceiling = ReturnType<typeof createCeiling>;

/**
 * The one ceiling of a provider, across its tenants: three attempts at once, then one every 5 s, whoever asks. A tenant's
 * first attempt waits only after ten such in a minute.
 *
 * On monotonic time: a wall clock that is set forward would make room for a second burst. The field's name for this is a
 * leaky bucket, kept as the moment by which it has drained.
 */
export function createCeiling(monotonicNow: () => number) {
  let drainedAtMs = Number.NEGATIVE_INFINITY;
  let firstAtMs: readonly number[] = [];
  return {
    /** How long until an attempt has its turn; 0 where it has. */
    waitMs(isFirst: boolean): number {
      const nowMs = monotonicNow();
      const tenth = firstAtMs.at(-MOST_FIRST) ?? Number.NEGATIVE_INFINITY;
      if (isFirst && tenth <= nowMs - MINUTE) return 0;
      return Math.max(0, drainedAtMs - (BURST - 1) * INTERVAL_MS - nowMs);
    },
    /** An attempt begins. */
    take(isFirst: boolean): void {
      const nowMs = monotonicNow();
      // First attempts don't wait, so they don't fill it beyond its brim either.
      drainedAtMs = Math.min(Math.max(drainedAtMs, nowMs) + INTERVAL_MS, nowMs + BURST * INTERVAL_MS);
      if (isFirst) firstAtMs = [...firstAtMs, nowMs].slice(-MOST_FIRST);
    },
  };
}
