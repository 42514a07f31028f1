import type { UpsolvePermissions } from '../core/permissions';
import type { IssuedTenant } from './issuedTenant';

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
