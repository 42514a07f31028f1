import type { TenantSnapshot, TenantSource } from 'react-upsolve-tenant';
import { resolvePermissions } from '../../../../src/core/permissions';

/** Stands in for the engine: the test says what holds. */
export interface HostTenant {
  source: TenantSource;
  getIdentity: () => string | null;
  subscribeToIdentity: (listener: () => void) => () => void;
  /** A token of the current tenant is there. */
  give: (token: string, lifeMs?: number, flags?: Record<string, boolean>) => void;
  /** The app renders another tenant, and its token is there already. */
  switchTo: (identity: string, token: string) => void;
  signOut: () => void;
  /** There is no usable token: none yet, or none any more. */
  take: (status: 'loading' | 'expired') => void;
}

const HOUR = 3_600_000;

export function createHostTenant(): HostTenant {
  const listeners = new Set<() => void>();
  const identityListeners = new Set<() => void>();
  let identity = 'a';
  let snapshot: TenantSnapshot;
  const standstill = { isRefreshing: false, nextAttemptAt: null, failureCount: 0 };

  const show = (next: TenantSnapshot): void => {
    snapshot = next;
    for (const listener of [...listeners]) listener();
  };
  const ready = (token: string, lifeMs: number, flags: Record<string, boolean>): TenantSnapshot => ({
    ...standstill,
    identity,
    status: 'ready',
    tenant: { token, expiresAt: new Date(Date.now() + lifeMs), permissions: resolvePermissions(flags) },
    lastRefreshedAt: new Date(),
  });
  const subscribe = (to: Set<() => void>, listener: () => void): (() => void) => {
    to.add(listener);
    return () => to.delete(listener);
  };

  snapshot = ready('token-0', HOUR, {});
  return {
    source: {
      getSnapshot: () => snapshot,
      subscribe: (listener) => subscribe(listeners, listener),
      subscribeToOutcomes: () => () => undefined,
      refresh: () => new Promise(() => undefined),
      retry: () => undefined,
      clear: () => undefined,
    },
    getIdentity: () => identity,
    subscribeToIdentity: (listener) => subscribe(identityListeners, listener),
    give: (token, lifeMs = HOUR, flags = {}) => show(ready(token, lifeMs, flags)),
    switchTo(next, token) {
      identity = next;
      for (const listener of [...identityListeners]) listener();
      show(ready(token, HOUR, {}));
    },
    signOut: () => show({ ...standstill, identity, status: 'idle', tenant: null, lastRefreshedAt: null }),
    take: (status) => show({ ...standstill, identity, status, tenant: null, lastRefreshedAt: null }),
  };
}
