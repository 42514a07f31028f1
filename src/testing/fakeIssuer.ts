import type { UpsolvePermissions } from 'react-upsolve-tenant';
import type { IssuedTenant } from '../server/issuedTenant';
import { DEFAULT_DISPLAY_NAME, DEFAULT_LIFETIME_MS } from './createFakeTenant';
import type { FakeClock } from './fakeClock';
import { type FakePermissions, resolveFakePermissions } from './fakePermissions';
import { createFakeToken } from './fakeToken';

export interface FakeIssuerOptions {
  /** How long each token lives, in ms. The answers tell whole seconds, as the real backend's do. @default 3_600_000 */
  lifetimeMs?: number | undefined;
  /** What the answers grant; what is left out is false. @default a viewer's: addFilter, aiInsight and drillDown */
  permissions?: FakePermissions | undefined;
  /** The name inside the tokens, or a function of the tenant's id. @default 'Fake Tenant' */
  tenantName?: string | ((tenantId: string) => string) | undefined;
}

/** The memory of a fake backend: which tokens it made, and what they may do. */
export interface FakeIssuer {
  issue(tenantId: string): IssuedTenant;
  /** The tenant's newest token once more; a new one before there is one. */
  repeat(tenantId: string): IssuedTenant;
  /** A token that had already ended when it was handed out. */
  issueDead(tenantId: string): IssuedTenant;
  /** The newest that was handed out alive, of any tenant; null before the first. */
  getNewest(): IssuedTenant | null;
  isAlive(token: string): boolean;
  setPermissions(flags: FakePermissions): void;
  getPermissions(): UpsolvePermissions;
}

export function createFakeIssuer(options: FakeIssuerOptions, clock: FakeClock): FakeIssuer {
  const { lifetimeMs = DEFAULT_LIFETIME_MS, tenantName = DEFAULT_DISPLAY_NAME } = options;
  const ends = new Map<string, number>();
  const newestOf = new Map<string, IssuedTenant>();
  let newest: IssuedTenant | null = null;
  let permissions = resolveFakePermissions(options.permissions);

  const mint = (tenantId: string, issuedAtMs: number): IssuedTenant => {
    const endsAtMs = issuedAtMs + lifetimeMs;
    const displayName = typeof tenantName === 'function' ? tenantName(tenantId) : tenantName;
    const token = createFakeToken({ displayName, issuedAtMs, expiresAtMs: endsAtMs });
    ends.set(token, endsAtMs);
    return { tenantId, token, permissions, endsAtMs, lifetimeMs, skewMs: 0 };
  };
  const issue = (tenantId: string): IssuedTenant => {
    newest = mint(tenantId, clock.serverNow());
    newestOf.set(tenantId, newest);
    return newest;
  };

  return {
    issue,
    repeat: (tenantId) => {
      const before = newestOf.get(tenantId);
      return before ? { ...before, permissions } : issue(tenantId);
    },
    issueDead: (tenantId) => mint(tenantId, clock.serverNow() - 2 * lifetimeMs),
    getNewest: () => newest,
    isAlive: (token) => (ends.get(token) ?? 0) > clock.serverNow(),
    setPermissions: (flags) => {
      permissions = resolveFakePermissions(flags);
    },
    getPermissions: () => permissions,
  };
}
