import type { UpsolveTenantError, UpsolveTenantErrorCode } from '../core/errors';
import type { UpsolvePermissions } from '../core/permissions';
import type { IssuedTenant } from './tenantDesk';

/** What the browser is answered, and what `initialTenant` takes. */
export interface SerializedTenant {
  readonly tenantId: string;
  readonly token: string;
  /** When the token ends: ISO 8601, UTC, by the same clock as `serverTime`. */
  readonly expiresAt: string;
  /** What the token has left, in whole seconds. */
  readonly expiresIn: number;
  /** The time of the answer: ISO 8601, UTC. */
  readonly serverTime: string;
  readonly permissions: UpsolvePermissions;
}

/**
 * A handed-out tenant → the answer. Both instants are given by the clock of whoever signed the token, for the browser
 * compares `serverTime` with the token's own `exp`.
 */
export function serializeTenant(tenant: IssuedTenant, nowMs: number): SerializedTenant {
  const { tenantId, token, permissions, endsAtMs, skewMs } = tenant;
  return {
    tenantId,
    token,
    expiresAt: new Date(endsAtMs + skewMs).toISOString(),
    expiresIn: Math.max(0, Math.floor((endsAtMs - nowMs) / 1_000)),
    serverTime: new Date(nowMs + skewMs).toISOString(),
    permissions,
  };
}

/** The status of a code, where the error does not say another. */
const STATUS: Readonly<Record<UpsolveTenantErrorCode, number>> = {
  network: 502,
  timeout: 504,
  server: 500,
  rate_limited: 429,
  invalid_response: 502,
  invalid_api_key: 401,
  unauthenticated: 401,
  token_expired: 401,
  forbidden: 403,
  origin_not_allowed: 403,
  tenant_mismatch: 409,
  invalid_tenant_configuration: 422,
  not_found: 404,
  token_expired_on_arrival: 502,
  token_not_renewed: 502,
  insecure_endpoint: 500,
  api_key_in_browser: 500,
  invalid_options: 500,
  aborted: 503,
};

/** The texts that Upsolve documents, for clients that know it by them. */
const TEXT: Readonly<Partial<Record<UpsolveTenantErrorCode, string>>> = {
  invalid_api_key: 'Invalid API key',
  token_expired: 'Token expired',
};

/** An error on the wire. */
export interface SerializedError {
  readonly status: number;
  readonly body: { readonly error: string; readonly code: UpsolveTenantErrorCode };
  readonly headers: Readonly<Record<string, string>>;
}

/** Our error → an answer that the provider reads back as the same code. */
export function serializeError(error: UpsolveTenantError): SerializedError {
  const { code, message, status, retryAfterMs } = error;
  return {
    status: status !== undefined && status >= 400 && status <= 599 ? status : STATUS[code],
    body: { error: TEXT[code] ?? message, code },
    headers: retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(0, Math.ceil(retryAfterMs / 1_000))) },
  };
}
