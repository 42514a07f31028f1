import type { TenantSnapshot, TenantSource } from 'react-upsolve-tenant';
import { resolvePermissions } from '../../../../src/core/permissions';
import { guardMs } from '../../../../src/core/schedule';

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
  const progress = { isRefreshing: false, nextAttemptAt: null, lastRefreshedAt: null, failureCount: 0 };
  const now = (): number => Date.now();

  const show = (next: TenantSnapshot): void => {
    snapshot = next;
    for (const listener of [...listeners]) listener();
  };
  const ready = (token: string, lifeMs: number, flags: Record<string, boolean>): TenantSnapshot => {
    const endsAtMs = now() + lifeMs;
    return {
      identity,
      echoedIdentity: null,
      state: {
        status: 'ready',
        tenant: { token, expiresAt: new Date(endsAtMs), permissions: resolvePermissions(flags) },
      },
      progress: { ...progress, lastRefreshedAt: new Date() },
      end: { remainingMs: lifeMs, endsAtMs, usableUntilMs: endsAtMs - guardMs(lifeMs) },
    };
  };
  const without = (status: 'idle' | 'loading' | 'expired'): TenantSnapshot => ({
    identity,
    echoedIdentity: null,
    state: { status, tenant: null },
    progress,
    end: null,
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
      now,
      dateNow: () => Date.now(),
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
    signOut: () => show(without('idle')),
    take: (status) => show(without(status)),
  };
}
