import type { UpsolvePermissionName, UpsolvePermissions, UpsolveTenant } from 'react-upsolve-tenant';
import { resolvePermissions } from '../core/permissions';
import { createFakeToken } from './fakeToken';

/**
 * The flags that a fake backend sends, read as the provider reads them: what is left out is false, a grant counts only as
 * `true`, a restriction unless null, false or 0. Flags of later versions may be added.
 */
export type FakePermissions = Readonly<Partial<Record<UpsolvePermissionName, boolean>>> & {
  readonly [flag: string]: boolean | undefined;
};

/** What may be said of a fake tenant; the rest is filled in. */
export interface FakeTenantOverrides {
  /** @default 'fake-tenant' */
  id?: string | number | undefined;
  /** The name inside the token. @default 'Fake Tenant' */
  displayName?: string | undefined;
  /** How long the token lives from its mint to its end, in ms. @default 3_600_000 */
  lifetimeMs?: number | undefined;
  /** When the token ends. @default `lifetimeMs` from now */
  expiresAt?: Date | undefined;
  /** What is left out is false. @default a viewer's: addFilter, aiInsight and drillDown */
  permissions?: FakePermissions | undefined;
  /** @default a new one, in the shape of Upsolve's */
  token?: string | undefined;
}

/** The lifetime that Upsolve gives by default. */
export const DEFAULT_LIFETIME_MS: number = 60 * 60_000;
export const DEFAULT_TENANT_ID = 'fake-tenant';
export const DEFAULT_DISPLAY_NAME = 'Fake Tenant';

/** Someone who looks at dashboards and may ask of them, but changes nothing. */
const VIEWER: FakePermissions = { addFilter: true, aiInsight: true, drillDown: true };

/** Flags → the effective set, by the very rules of the provider. @default a viewer's */
export function resolveFakePermissions(flags: FakePermissions = VIEWER): UpsolvePermissions {
  return resolvePermissions(flags);
}

/**
 * A tenant as the provider would hold it, made when it is called: its token decodes like one of Upsolve's, is like no
 * other's, and opens nothing.
 */
export function createFakeTenant(overrides: FakeTenantOverrides = {}): UpsolveTenant {
  const { id = DEFAULT_TENANT_ID, displayName = DEFAULT_DISPLAY_NAME, lifetimeMs = DEFAULT_LIFETIME_MS } = overrides;
  const expiresAt = overrides.expiresAt ?? new Date(Date.now() + lifetimeMs);
  const expiresAtMs = expiresAt.getTime();
  return {
    id: String(id),
    token: overrides.token ?? createFakeToken({ displayName, expiresAtMs, issuedAtMs: expiresAtMs - lifetimeMs }),
    expiresAt,
    permissions: resolveFakePermissions(overrides.permissions),
  };
}
