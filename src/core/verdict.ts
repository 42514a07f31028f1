import { UpsolveTenantError, type UpsolveTenantErrorCode } from './errors';
import type { HeldToken } from './judgeAnswer';
import { FLOOR_MS, leadMs, retryDelayMs } from './schedule';

/** A streak of failures: the newest error, and how many in a row. */
export interface Failure {
  readonly error: UpsolveTenantError;
  readonly count: number;
}

/** What follows from an attempt. */
export interface Verdict {
  readonly failure: Failure | null;
  /** When to ask again by itself, from now; null for never (rule 6: a stop). */
  readonly retryInMs: number | null;
  /** A wake may ask earlier: a backoff that nobody asked for, no Retry-After and no floor. */
  readonly canBePulled: boolean;
  /** The token goes with it. */
  readonly isDropped: boolean;
}

/** After these the token is worth nothing, or is not ours to show. */
const DROPPING: readonly UpsolveTenantErrorCode[] = [
  'unauthenticated',
  'token_expired',
  'forbidden',
  'tenant_mismatch',
];

/** Rules 6 and 7: retry and keep, stop and keep, or stop and drop. */
export function judgeAttemptFailure(
  thrown: UpsolveTenantError,
  before: Failure | null,
  circumstances: { readonly hasUsableToken: boolean; readonly hasFloor: boolean; readonly random: () => number },
): Verdict {
  const count = (before?.count ?? 0) + 1;
  const error = numbered(thrown, count);
  const { retryAfterMs, retryable } = error;
  const delayMs = retryDelayMs({ ...circumstances, failureCount: count, retryAfterMs }, circumstances.random);
  return {
    failure: { error, count },
    retryInMs: retryable ? delayMs : null,
    canBePulled: retryAfterMs === undefined && !circumstances.hasFloor,
    isDropped: DROPPING.includes(error.code),
  };
}

/**
 * Rule 5: the answer brought the token that is in use. Before its lead that is fine. Inside it the token should have
 * been renewed: that is an error, though none that counts as a failed attempt.
 */
export function judgeNoProgress(
  held: HeldToken,
  before: Failure | null,
  circumstances: { readonly nowMs: number; readonly refreshLeadMs: number; readonly refreshAtMs: number },
): Verdict {
  const { nowMs, refreshLeadMs, refreshAtMs } = circumstances;
  const isInLead = nowMs >= held.endsAtMs - leadMs(held.remainingMs, refreshLeadMs);
  const count = before?.count ?? 0;
  const error = numbered(new UpsolveTenantError('token_not_renewed'), count + 1);
  return {
    failure: isInLead ? { error, count } : null,
    retryInMs: isInLead ? FLOOR_MS : Math.max(FLOOR_MS, refreshAtMs - nowMs),
    canBePulled: false,
    isDropped: false,
  };
}

function numbered(error: UpsolveTenantError, attempt: number): UpsolveTenantError {
  const { code, message, status, retryable, retryAfterMs, cause } = error;
  return new UpsolveTenantError(code, { message, status, retryable, retryAfterMs, cause, attempt });
}
