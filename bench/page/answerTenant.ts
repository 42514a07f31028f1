import { createFakeTenant } from 'react-upsolve-tenant/testing';
import type { SerializedTenant } from '../../src/server/answers';

const LIFETIME_MS = 60 * 60_000;

/** The answer of an app's backend at that moment: a new token that lives for an hour. */
export function answerTenant(nowMs: number): SerializedTenant {
  const expiresAt = new Date(nowMs + LIFETIME_MS);
  const { token, permissions } = createFakeTenant({ expiresAt, lifetimeMs: LIFETIME_MS });
  return {
    tenantId: 'acme',
    token,
    expiresAt: expiresAt.toISOString(),
    expiresIn: LIFETIME_MS / 1_000,
    serverTime: new Date(nowMs).toISOString(),
    permissions,
  };
}
