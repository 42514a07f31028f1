import { isUpsolveTenantError, UpsolveTenantError, type UpsolveTenantErrorCode } from './errors';
import { FLOOR_MS, leadMs, retryDelayMs, type TokenEnd } from './schedule';

/** Codes a server may name by itself, in a body's `code`. */
const WIRE_CODES: readonly unknown[] = [
  'server',
  'timeout',
  'rate_limited',
  'invalid_api_key',
  'unauthenticated',
  'token_expired',
  'forbidden',
  'origin_not_allowed',
  'tenant_mismatch',
  'invalid_tenant_configuration',
  'not_found',
] satisfies UpsolveTenantErrorCode[];

/** Upsolve's own texts, as a backend may pass them on. */
const TEXTS: readonly (readonly [RegExp, UpsolveTenantErrorCode])[] = [
  [/invalid api key/i, 'invalid_api_key'],
  [/token expired/i, 'token_expired'],
  [/missing required prefilters/i, 'invalid_tenant_configuration'],
];

/** 419 and 440 are what Laravel and IIS answer where a session has ended. */
const CODE_OF_STATUS: Readonly<Record<number, UpsolveTenantErrorCode>> = {
  400: 'invalid_tenant_configuration',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'not_found',
  408: 'timeout',
  409: 'invalid_tenant_configuration',
  419: 'unauthenticated',
  422: 'invalid_tenant_configuration',
  425: 'server',
  429: 'rate_limited',
  440: 'unauthenticated',
};

/** What was read of an answer: `body` is undefined where it is not JSON. */
export interface RefusedAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** An answer that is no success → its error. A body's own `code` comes first, its text second, the status last. */
export function parseFailure({ status, body, retryAfterMs, cause }: RefusedAnswer): UpsolveTenantError {
  const stated = parseStatedCode(body);
  const details = { status, retryAfterMs, cause };
  if (stated) return new UpsolveTenantError(stated, details);
  const code = CODE_OF_STATUS[status] ?? (status >= 500 ? 'server' : 'invalid_response');
  // A page in place of JSON is a proxy's or a login's, not the backend's word on this user.
  if (code === 'forbidden' && body === undefined) return new UpsolveTenantError('invalid_response', details);
  const isRefusal = code === 'invalid_response' && status >= 400;
  return new UpsolveTenantError(code, isRefusal ? { ...details, retryable: false } : details);
}

/** The code a JSON body names, by `code` or by one of Upsolve's texts. */
export function parseStatedCode(body: unknown): UpsolveTenantErrorCode | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { code, error, message } = body as { code?: unknown; error?: unknown; message?: unknown };
  if (WIRE_CODES.includes(code)) return code as UpsolveTenantErrorCode;
  const texts = [error, message].filter((text) => typeof text === 'string');
  return TEXTS.find(([pattern]) => texts.some((text) => pattern.test(text)))?.[1];
}

interface Thrown {
  readonly status?: unknown;
  readonly statusCode?: unknown;
  readonly response?: Thrown & { readonly data?: unknown };
  readonly cause?: Thrown;
}

/** Whatever was thrown → our error. One that bears a status is judged as that answer; anything else is the network's. */
export function parseThrown(thrown: unknown): UpsolveTenantError {
  if (isUpsolveTenantError(thrown)) return thrown;
  try {
    const { response, cause } = Object(thrown) as Thrown;
    for (const bearer of [thrown, response, cause, cause?.response]) {
      const { status, statusCode } = Object(bearer) as Thrown;
      const found = [status, statusCode].find((value) => typeof value === 'number' && value >= 300 && value < 600);
      if (found === undefined) continue;
      const data = response?.data ?? cause?.response?.data ?? {};
      const isPage = typeof data === 'string' && data.trimStart().startsWith('<');
      return parseFailure({ status: found as number, body: isPage ? undefined : data, cause: thrown });
    }
  } catch {
    // A getter of it throws: it says nothing more.
  }
  return new UpsolveTenantError('network', { cause: thrown });
}

/** A streak of failures: the newest error, and how many in a row. */
export interface Failure {
  readonly error: UpsolveTenantError;
  readonly count: number;
}

/** What follows from an attempt that brought no newer token. */
export interface Verdict {
  readonly failure: Failure | null;
  /** When to ask again by itself, from now; null for never: a stop. */
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

/** Retry and keep the token, stop and keep it, or stop and drop it. */
export function judgeFailure(
  thrown: UpsolveTenantError,
  before: Failure | null,
  { hasUsableToken, hasAnswered }: { readonly hasUsableToken: boolean; readonly hasAnswered: boolean },
  random: () => number,
): Verdict {
  const count = (before?.count ?? 0) + 1;
  const error = numbered(thrown, count);
  const { retryAfterMs } = error;
  const circumstances = { failureCount: count, hasUsableToken, retryAfterMs, hasFloor: hasAnswered };
  const delayMs = retryDelayMs(circumstances, random);
  return {
    failure: { error, count },
    retryInMs: error.retryable ? delayMs : null,
    canBePulled: retryAfterMs === undefined && !hasAnswered,
    isDropped: DROPPING.includes(error.code),
  };
}

/**
 * The answer brought the token that is in use. Before its lead that is fine. Inside it the token should have been renewed:
 * that is an error, though none that counts as a failed attempt.
 */
export function judgeNoProgress(
  end: TokenEnd,
  before: Failure | null,
  circumstances: { readonly nowMs: number; readonly refreshLeadMs: number; readonly refreshAtMs: number },
): Verdict {
  const { nowMs, refreshLeadMs, refreshAtMs } = circumstances;
  const isInLead = nowMs >= end.endsAtMs - leadMs(end.remainingMs, refreshLeadMs);
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
