const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How often the clock is read again while a token is held: the gate is never later than this. */
export const TICK_MS: { readonly visible: number; readonly hidden: number } = { visible: SECOND, hidden: MINUTE };
/** Refreshes that follow a schedule, however short the tokens, are at least this far apart. */
const SCHEDULED_GAP_MS = 5 * SECOND;
/** After an answer that brings nothing newer or nothing acceptable. */
export const FLOOR_MS: number = 30 * SECOND;
/** A wake asks again after a stop only when this has passed. */
export const STOP_WAKE_MS: number = 30 * SECOND;
/** A wake pulls a waiting retry forward, but no closer than this to the request before. */
export const WAKE_GAP_MS: number = 5 * SECOND;
/** How long the first mount waits for permissions. */
export const FIRST_PERMISSIONS_MS: number = 3 * SECOND;

const BACKOFF_START_MS = SECOND;
const BACKOFF_CAP_MS = { held: 30 * SECOND, none: MINUTE };
const RETRY_AFTER_MS = { least: SECOND, most: 5 * MINUTE };
const JITTER_MS = 10 * SECOND;

/** How long before a token's end its refresh is due. */
export function leadMs(remainingMs: number, refreshLeadMs: number): number {
  return Math.min(refreshLeadMs, remainingMs / 2);
}

/** What is taken off a token's life, once, so that it isn't used in its very last moment. */
export function guardMs(remainingMs: number): number {
  return Math.min(5 * SECOND, Math.max(SECOND, remainingMs / 10));
}

/** From receipt to the refresh. Jitter only makes it later, so that a thousand pages don't ask in one second. */
export function refreshDelayMs(remainingMs: number, refreshLeadMs: number, random: () => number): number {
  const lead = leadMs(remainingMs, refreshLeadMs);
  const jitter = Math.min(JITTER_MS, lead / 10) * random();
  return Math.max(SCHEDULED_GAP_MS, remainingMs - lead + jitter);
}

/** What a retry depends on. */
export interface RetryCircumstances {
  /** Failures in a row, this one included. */
  failureCount: number;
  hasUsableToken: boolean;
  retryAfterMs?: number | undefined;
  /** The server answered well, but with nothing acceptable: asking sooner would be a storm. */
  hasFloor: boolean;
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
