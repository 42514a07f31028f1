import { act } from '@testing-library/react';
import type { ReactElement, ReactNode } from 'react';
import {
  type DashboardTenantProps,
  type TenantSnapshot,
  UpsolveTenantContext,
  type UpsolveTenantContextValue,
  UpsolveTenantError,
  type UpsolveTenantErrorCode,
} from 'react-upsolve-tenant';
import { vi } from 'vitest';
import { resolvePermissions } from '../../../src/core/permissions';
import { createHandoverHub } from '../../../src/react/handover/handoverHub';

export const HOUR = 3_600_000;

type State = Partial<TenantSnapshot> & { status: TenantSnapshot['status'] };

/** A snapshot that says what the test cares about. */
export function snapshotOf(identity: string | null, state: State): TenantSnapshot {
  return {
    identity,
    tenant: null,
    isRefreshing: false,
    nextAttemptAt: null,
    lastRefreshedAt: null,
    failureCount: 0,
    ...state,
  } as TenantSnapshot;
}

export function ready(
  token: string,
  { flags = {}, lifeMs = HOUR, code, identity = 'a' }: ReadyOptions = {},
): TenantSnapshot {
  const tenant = { token, expiresAt: new Date(Date.now() + lifeMs), permissions: resolvePermissions(flags) };
  return snapshotOf(identity, {
    status: 'ready',
    tenant,
    lastRefreshedAt: new Date(),
    ...(code && { error: new UpsolveTenantError(code) }),
  });
}

interface ReadyOptions {
  flags?: Record<string, boolean>;
  lifeMs?: number;
  code?: UpsolveTenantErrorCode;
  identity?: string;
}

export function failed(code: UpsolveTenantErrorCode, more: Partial<TenantSnapshot> = {}): TenantSnapshot {
  return snapshotOf('a', { status: 'error', error: new UpsolveTenantError(code), ...more } as State);
}

/** Stands in for the engine: it says what it is told to say, when it is told. */
export function createFakeTenant(first: TenantSnapshot = snapshotOf('a', { status: 'loading' })) {
  let snapshot = first;
  const listeners = new Set<() => void>();
  const source = {
    getSnapshot: () => snapshot,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    subscribeToOutcomes: () => () => undefined,
    refresh: vi.fn(() => new Promise<never>(() => undefined)),
    retry: vi.fn(),
    clear: vi.fn(),
  };
  const handoverHub = createHandoverHub();
  const events: unknown[] = [];
  const defaults: UpsolveTenantContextValue = { source, identity: 'a', handoverHub };

  return {
    source,
    handoverHub,
    events,
    listeners,
    /** Changes what holds without telling anybody, as the clock does. */
    set(next: TenantSnapshot) {
      snapshot = next;
    },
    /** Says something new. */
    show(next: TenantSnapshot) {
      snapshot = next;
      act(() => {
        for (const listener of [...listeners]) listener();
      });
    },
    Provider({ children, ...value }: Partial<UpsolveTenantContextValue> & { children: ReactNode }): ReactElement {
      return (
        <UpsolveTenantContext.Provider value={{ ...defaults, ...value }}>{children}</UpsolveTenantContext.Provider>
      );
    },
  };
}

/** A native dashboard that says what it runs on. */
export function Dashboard({ token, permissions }: DashboardTenantProps): ReactElement {
  const grants = Object.keys(permissions).filter((name) => permissions[name]);
  return (
    <section data-testid="dashboard">
      {token} <span data-testid="grants">{grants.join(' ')}</span>
      <button type="button">inside</button>
    </section>
  );
}
