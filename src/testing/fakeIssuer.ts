import type { TenantIdentity } from '../server/identity';
import type { IssuedTenant, TenantDesk } from '../server/tenantDesk';
import {
  DEFAULT_DISPLAY_NAME,
  DEFAULT_LIFETIME_MS,
  type FakePermissions,
  resolveFakePermissions,
} from './createFakeTenant';
import type { FakeClock } from './fakeClock';
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
  /** The same, as the real backend's routes ask for it. */
  readonly desk: TenantDesk<TenantIdentity>;
  issue(tenantId: string): IssuedTenant;
  /** The tenant's newest token once more; a new one before there is one. */
  repeat(tenantId: string): IssuedTenant;
  /** A token that ends as it is handed out. It is no older than the one before, which would be another fault. */
  issueDead(tenantId: string): IssuedTenant;
  /** The newest that was handed out alive, of any tenant; null before the first. */
  getNewest(): IssuedTenant | null;
  setPermissions(flags: FakePermissions): void;
}

export function createFakeIssuer(options: FakeIssuerOptions, clock: FakeClock): FakeIssuer {
  const { lifetimeMs = DEFAULT_LIFETIME_MS, tenantName = DEFAULT_DISPLAY_NAME } = options;
  const handedOut = new Map<string, IssuedTenant>();
  const newestOf = new Map<string, IssuedTenant>();
  let newest: IssuedTenant | null = null;
  let permissions = resolveFakePermissions(options.permissions);

  const mint = (tenantId: string, lifeMs: number): IssuedTenant => {
    const issuedAtMs = clock.serverNow();
    const endsAtMs = issuedAtMs + lifeMs;
    const displayName = typeof tenantName === 'function' ? tenantName(tenantId) : tenantName;
    const token = createFakeToken({ displayName, issuedAtMs, expiresAtMs: endsAtMs });
    const tenant = { tenantId, token, permissions, endsAtMs, lifetimeMs: lifeMs, skewMs: 0 };
    handedOut.set(token, tenant);
    return tenant;
  };
  const issue = (tenantId: string): IssuedTenant => {
    newest = mint(tenantId, lifetimeMs);
    newestOf.set(tenantId, newest);
    return newest;
  };

  const desk: TenantDesk<TenantIdentity> = {
    now: () => clock.serverNow(),
    issue: ({ tenantId }) => Promise.resolve(issue(String(tenantId))),
    findHandedOut: (token) => {
      const known = handedOut.get(token);
      const isAlive = known !== undefined && known.endsAtMs > clock.serverNow();
      return Promise.resolve(isAlive ? { tenantId: known.tenantId, permissions } : undefined);
    },
    noticePermissions: () => Promise.resolve(),
  };

  return {
    desk,
    issue,
    repeat: (tenantId) => {
      const before = newestOf.get(tenantId);
      return before ? { ...before, permissions } : issue(tenantId);
    },
    issueDead: (tenantId) => mint(tenantId, 0),
    getNewest: () => newest,
    setPermissions: (flags) => {
      permissions = resolveFakePermissions(flags);
    },
  };
}
