import { isUpsolveTenantError, UpsolveTenantError, type UpsolveTenantErrorCode } from './errors';

/** Rule 6: codes a server may name by itself, in a body's `code`. */
const WIRE_CODES: readonly unknown[] = [
  'server',
  'timeout',
  'rate_limited',
  'invalid_api_key',
  'unauthenticated',
  'token_expired',
  'forbidden',
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

/** What was read of an answer: `body` is undefined where it is not JSON. */
export interface ReadAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs?: number | undefined;
}

/** Rule 6: an answer that is no success → its error. A body's own `code` comes first, its text second, the status last. */
export function parseFailure({ status, body, retryAfterMs }: ReadAnswer): UpsolveTenantError {
  const stated = parseStatedCode(body);
  const [code, retryable] = stated === undefined ? codeOfStatus(status, body !== undefined) : [stated, undefined];
  return new UpsolveTenantError(code, { status, retryable, retryAfterMs });
}

/** The code a JSON body names, by `code` or by one of Upsolve's texts. */
export function parseStatedCode(body: unknown): UpsolveTenantErrorCode | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { code, error, message } = body as { code?: unknown; error?: unknown; message?: unknown };
  if (WIRE_CODES.includes(code)) return code as UpsolveTenantErrorCode;
  const texts = [error, message].filter((text) => typeof text === 'string');
  return TEXTS.find(([pattern]) => texts.some((text) => pattern.test(text)))?.[1];
}

function codeOfStatus(status: number, isJson: boolean): [code: UpsolveTenantErrorCode, retryable?: boolean] {
  if (status === 401) return ['unauthenticated'];
  if (status === 403) return isJson ? ['forbidden'] : ['invalid_response'];
  if (status === 404 || status === 405) return ['not_found'];
  if (status === 400 || status === 409 || status === 422) return ['invalid_tenant_configuration'];
  if (status === 408) return ['timeout'];
  if (status === 429) return ['rate_limited'];
  if (status === 425 || status >= 500) return ['server'];
  return ['invalid_response', !(status >= 400)];
}

/** Whatever was thrown → our error; what is none of ours and bears no status is the network's. */
export function parseThrown(thrown: unknown): UpsolveTenantError {
  if (isUpsolveTenantError(thrown)) return thrown;
  const { status, response } = Object(thrown) as { status?: unknown; response?: { status?: unknown; data?: unknown } };
  const httpStatus = [status, response?.status].find((value) => typeof value === 'number');
  if (httpStatus === undefined) return new UpsolveTenantError('network', { cause: thrown });
  const { code, retryable } = parseFailure({ status: httpStatus, body: response?.data ?? {} });
  return new UpsolveTenantError(code, { status: httpStatus, retryable, cause: thrown });
}
