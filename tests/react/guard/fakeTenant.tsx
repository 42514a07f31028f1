import { act } from '@testing-library/react';
import type { ReactElement, ReactNode } from 'react';
import {
  type DashboardTenantProps,
  type RefreshProgress,
  type TenantSnapshot,
  type TenantState,
  UpsolveTenantContext,
  type UpsolveTenantContextValue,
  UpsolveTenantError,
  type UpsolveTenantErrorCode,
} from 'react-upsolve-tenant';
import { vi } from 'vitest';
import { resolvePermissions } from '../../../src/core/permissions';
import { createSteadyClock, guardMs, systemClock } from '../../../src/core/schedule';
import { createSnapshot } from '../../../src/core/snapshot';
import { createHandoverHub } from '../../../src/react/handover/handoverHub';

export const HOUR = 3_600_000;

/** The page's one clock. */
const now = createSteadyClock(systemClock);

/** A snapshot that says what the test cares about. */
function snapshotOf(state: TenantState, more: Partial<TenantSnapshot> = {}): TenantSnapshot {
  return { ...createSnapshot(state), identity: 'a', ...more };
}

export const LOADING = snapshotOf({ status: 'loading', tenant: null });
export const EXPIRED = snapshotOf({ status: 'expired', tenant: null });
/** As after `clear()`. */
export const IDLE = snapshotOf({ status: 'idle', tenant: null });

interface ReadyOptions {
  flags?: Record<string, boolean>;
  lifeMs?: number;
  code?: UpsolveTenantErrorCode;
  identity?: string;
}

export function ready(
  token: string,
  { flags = {}, lifeMs = HOUR, code, identity = 'a' }: ReadyOptions = {},
): TenantSnapshot {
  const tenant = { token, expiresAt: new Date(Date.now() + lifeMs), permissions: resolvePermissions(flags) };
  const endsAtMs = now() + lifeMs;
  return snapshotOf(
    { status: 'ready', tenant, ...(code && { error: new UpsolveTenantError(code) }) },
    { identity, end: { remainingMs: lifeMs, endsAtMs, usableUntilMs: endsAtMs - guardMs(lifeMs) } },
  );
}

export function failed(code: UpsolveTenantErrorCode, progress: Partial<RefreshProgress> = {}): TenantSnapshot {
  return withProgress(snapshotOf({ status: 'error', tenant: null, error: new UpsolveTenantError(code) }), progress);
}

/** The same moment, with more known of the asking. */
export function withProgress(snapshot: TenantSnapshot, progress: Partial<RefreshProgress>): TenantSnapshot {
  return { ...snapshot, progress: { ...snapshot.progress, ...progress } };
}

/** Stands in for the engine: it says what it is told to say, when it is told. */
export function createFakeTenant(first: TenantSnapshot = LOADING) {
  let snapshot = first;
  const listeners = new Set<() => void>();
  const source = {
    getSnapshot: () => snapshot,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    now,
    dateNow: () => Date.now(),
    refresh: vi.fn(() => new Promise<never>(() => undefined)),
    retry: vi.fn(),
    clear: vi.fn(),
  };
  const handoverHub = createHandoverHub(now);
  const events: unknown[] = [];
  const onEvent = (event: unknown): void => void events.push(event);
  const defaults: UpsolveTenantContextValue = { source, identity: 'a', handoverHub, onEvent };

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
