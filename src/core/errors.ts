import { scrub } from './scrub';

/** The stable names of everything that can go wrong. They are API; messages are not. */
export type UpsolveTenantErrorCode =
  | 'network'
  | 'timeout'
  | 'server'
  | 'rate_limited'
  | 'invalid_response'
  | 'invalid_api_key'
  | 'unauthenticated'
  | 'token_expired'
  | 'forbidden'
  | 'tenant_mismatch'
  | 'invalid_tenant_configuration'
  | 'not_found'
  | 'token_expired_on_arrival'
  | 'token_not_renewed'
  | 'insecure_endpoint'
  | 'api_key_in_browser'
  | 'invalid_options'
  | 'aborted';

/** Of each code its default text, and whether asking again by itself can help. */
const CODES: Readonly<Record<UpsolveTenantErrorCode, readonly [message: string, retryable: boolean]>> = {
  network: ['The request did not reach the endpoint, or its answer was blocked (offline, DNS, TLS or CORS).', true],
  timeout: ['The endpoint did not answer in time.', true],
  server: ['The endpoint failed with a server error.', true],
  rate_limited: ['The endpoint asked for fewer requests.', true],
  invalid_response: ['The endpoint answered with something that holds no acceptable tenant token.', true],
  invalid_api_key: ['Upsolve refused the API key that the backend uses.', false],
  unauthenticated: ['The endpoint does not know who is asking: the session is missing or lost.', false],
  token_expired: ['The endpoint says that the token or session it was asked with has expired.', false],
  forbidden: ['The user who is signed in may not see this tenant.', false],
  tenant_mismatch: ['The endpoint answered with the token of another tenant.', false],
  invalid_tenant_configuration: ['The backend or Upsolve refused the configuration of this tenant.', false],
  not_found: ['There is no such endpoint.', false],
  token_expired_on_arrival: ['The endpoint answers with tokens that have already expired.', true],
  token_not_renewed: ['The endpoint answered with the token that is already in use.', true],
  insecure_endpoint: ['The endpoint is plain http: a token would travel readable. Use https.', false],
  api_key_in_browser: ['An Upsolve API key is in the browser. Keep it in the backend and replace it now.', false],
  invalid_options: ['An option of UpsolveTenantProvider is not usable.', false],
  aborted: ['The request was given up: the tenant changed, was cleared, or the provider is not running.', false],
};

export const ERROR_CODES: readonly UpsolveTenantErrorCode[] = Object.keys(CODES) as UpsolveTenantErrorCode[];

/** What is known beside the code when an error is made. */
export interface UpsolveTenantErrorDetails {
  /** Text for developers. It is scrubbed of what looks like a secret. @default the code's own text */
  message?: string | undefined;
  /** The HTTP status it was read from. */
  status?: number | undefined;
  /** Whether the provider goes on asking by itself. @default by code */
  retryable?: boolean | undefined;
  /** The how-manieth attempt in a row this was, from 1. @default 1 */
  attempt?: number | undefined;
  /** How long the server asked to wait, in ms. */
  retryAfterMs?: number | undefined;
  /** Whatever was caught. Only its name and its scrubbed message are kept. */
  cause?: unknown;
}

/**
 * The one error of this package. Its message, stack, cause and JSON hold no token, body, header or query string, so it
 * can be logged as it is. Throw one from `fetchTenant` to have it judged as it is.
 */
export class UpsolveTenantError extends Error {
  override readonly name = 'UpsolveTenantError';
  /** What happened, as a stable name: each has a row in the README. */
  readonly code: UpsolveTenantErrorCode;
  /** The HTTP status, where there was one. */
  declare readonly status?: number;
  /** Whether the provider goes on asking by itself. */
  readonly retryable: boolean;
  /** The how-manieth attempt in a row this was, from 1. */
  readonly attempt: number;
  /** How long the server asked to wait, in ms. */
  declare readonly retryAfterMs?: number;
  /** The name and scrubbed message of what was caught. */
  declare readonly cause?: { readonly name: string; readonly message: string };

  constructor(code: UpsolveTenantErrorCode, details: UpsolveTenantErrorDetails = {}) {
    super(details.message === undefined ? CODES[code][0] : scrub(details.message));
    this.code = code;
    this.retryable = details.retryable ?? CODES[code][1];
    this.attempt = details.attempt ?? 1;
    if (details.status !== undefined) this.status = details.status;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
    const cause = details.cause === undefined ? undefined : describeCause(details.cause);
    if (cause) this.cause = cause;
    Object.defineProperty(this, BRAND, { value: true });
  }

  toJSON(): Record<string, unknown> {
    const { name, code, message, status, retryable, attempt } = this;
    return { name, code, message, status, retryable, attempt };
  }
}

const BRAND: unique symbol = Symbol.for('react-upsolve-tenant.error');

/** Knows this package's error across realms and across two copies of the package, where `instanceof` does not. */
export function isUpsolveTenantError(value: unknown): value is UpsolveTenantError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

/** A JSON SyntaxError quotes the body it failed on, so it is left out whole. */
function describeCause(cause: unknown): { name: string; message: string } | undefined {
  if (!(cause instanceof Error) && !hasMessage(cause)) return { name: typeof cause, message: '' };
  if (cause.name === 'SyntaxError') return undefined;
  return { name: scrub(String(cause.name)), message: scrub(String(cause.message)) };
}

function hasMessage(value: unknown): value is { name?: unknown; message: unknown } {
  return typeof value === 'object' && value !== null && 'message' in value;
}
