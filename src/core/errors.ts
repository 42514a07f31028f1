/** Each code, in the order of the README's table. */
export const ERROR_CODES = [
  'network',
  'timeout',
  'server',
  'rate_limited',
  'invalid_response',
  'invalid_api_key',
  'unauthenticated',
  'token_expired',
  'forbidden',
  'origin_not_allowed',
  'tenant_mismatch',
  'invalid_tenant_configuration',
  'not_found',
  'token_expired_on_arrival',
  'token_not_renewed',
  'insecure_endpoint',
  'api_key_in_browser',
  'invalid_options',
  'aborted',
] as const;

/** The stable names of everything that can go wrong. They are API; messages are not. */
export type UpsolveTenantErrorCode = (typeof ERROR_CODES)[number];

/** The codes after which asking again by itself can help. */
const RETRYABLE: readonly UpsolveTenantErrorCode[] = [
  'network',
  'timeout',
  'server',
  'rate_limited',
  'invalid_response',
  'token_expired_on_arrival',
  'token_not_renewed',
];

/** What is known beside the code when an error is made. */
export interface UpsolveTenantErrorDetails {
  /** Text for developers, scrubbed of what looks like a secret. @default the code */
  message?: string | undefined;
  /** The HTTP status it was read from. */
  status?: number | undefined;
  /** Whether the provider goes on asking by itself. @default by code */
  retryable?: boolean | undefined;
  /** Attempt number in this streak, from 1. @default 1 */
  attempt?: number | undefined;
  /** How long the server asked to wait, in ms. */
  retryAfterMs?: number | undefined;
  /** Whatever was caught. Only its name and its scrubbed message are kept. */
  cause?: unknown;
}

/**
 * The one error of this package. Its message, stack, cause and JSON hold no token, body, header or query string, so it
 * can be logged as it is. Throw one from an endpoint function to have its code count as it is.
 */
export class UpsolveTenantError extends Error {
  override readonly name = 'UpsolveTenantError';
  /** What happened, as a stable name: each has a row in the README. */
  readonly code: UpsolveTenantErrorCode;
  /** The HTTP status, where there was one. */
  declare readonly status?: number;
  /** Whether the provider goes on asking by itself. */
  readonly retryable: boolean;
  /** Attempt number in this streak, from 1. */
  readonly attempt: number;
  /** How long the server asked to wait, in ms. */
  declare readonly retryAfterMs?: number;
  /** The name and scrubbed message of what was caught. */
  declare readonly cause?: { readonly name: string; readonly message: string };

  constructor(code: UpsolveTenantErrorCode, details: UpsolveTenantErrorDetails = {}) {
    super(details.message === undefined ? code : scrub(details.message));
    this.code = code;
    this.retryable = details.retryable ?? RETRYABLE.includes(code);
    this.attempt = details.attempt ?? 1;
    // A key that was not told stays away, so that logs are short.
    if (details.status !== undefined) this.status = details.status;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
    const cause = details.cause === undefined ? undefined : describeCause(details.cause);
    if (cause) this.cause = cause;
    Object.defineProperty(this, getBrand(), { value: true });
  }

  toJSON(): Record<string, unknown> {
    const { name, code, message, status, retryable, attempt } = this;
    return { name, code, message, status, retryable, attempt };
  }
}

/** In a registry that all realms and all copies of this package share. */
const getBrand = (): symbol => Symbol.for('react-upsolve-tenant.error');

/** Knows this package's error across realms and across two copies of the package, where `instanceof` does not. */
export function isUpsolveTenantError(value: unknown): value is UpsolveTenantError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[getBrand()] === true;
}

/** A JSON SyntaxError quotes the body it failed on, so it is left out whole. */
function describeCause(cause: unknown): { name: string; message: string } | undefined {
  try {
    const { name, message } = Object(cause) as { name?: string; message?: string };
    if (name === 'SyntaxError') return undefined;
    if (message === undefined) return { name: typeof cause, message: '' };
    return { name: scrub(String(name)), message: scrub(String(message)) };
  } catch {
    return undefined;
  }
}

const SECRETS: readonly (readonly [RegExp, string])[] = [
  // A line break or an escape sequence would write lines of its own into a log.
  [/[\p{C}\p{Z}]+/gu, ' '],
  [/up_(?:embed|admin)_[\w-]*/gi, '[api key]'],
  [/[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '[token]'],
  [/(bearer)\s+[^\s,;"']+/gi, '$1 [token]'],
  [/\?[\w-]+=[^\s"'<>)]*/g, '?[query]'],
  [/[\w+/=-]{40,}/g, '[secret]'],
];

/**
 * Text of somebody else's error → one line that can be logged. It removes what looks like a token, an API key or a query
 * string, control characters, and all behind the first 200 characters: a browser's error may quote the URL or the body that it failed on.
 */
export function scrub(text: string): string {
  return SECRETS.reduce((clean, [pattern, label]) => clean.replace(pattern, label), text.slice(0, 2_000)).slice(0, 200);
}
