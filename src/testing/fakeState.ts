import {
  type RefreshProgress,
  type TenantSnapshot,
  type TenantState,
  UpsolveTenantError,
  type UpsolveTenantErrorCode,
} from 'react-upsolve-tenant';
import { guardMs, type TokenEnd } from '../core/schedule';
import { createFakeTenant, DEFAULT_LIFETIME_MS, DEFAULT_TENANT_ID, type FakeTenantOverrides } from './createFakeTenant';

/** An error by its code, or one of your own making. */
export type FakeError = UpsolveTenantErrorCode | UpsolveTenantError;

/** What may be said of the asking itself. What is left out is what usually goes with the state. */
export interface FakeProgress {
  isRefreshing?: boolean | undefined;
  nextAttemptAt?: Date | null | undefined;
  lastRefreshedAt?: Date | null | undefined;
  failureCount?: number | undefined;
}

/**
 * A state to be held still. Only states that a real provider can be in can be written: a tenant is there in `ready`,
 * an `error` has its error (by default `unauthenticated`), and an idle provider asks nothing.
 */
export type FakeTenantState =
  | { status: 'idle' }
  | ({ status: 'loading'; error?: FakeError | undefined } & FakeProgress)
  | ({
      status: 'ready';
      tenant?: FakeTenantOverrides | undefined;
      /** The last refresh failed; the token is still good. */
      error?: FakeError | undefined;
      /** A newer token is there that the dashboard has not got yet. @default what the guards below say */
      isHandoverPending?: boolean | undefined;
    } & FakeProgress)
  | ({ status: 'expired'; error?: FakeError | undefined } & FakeProgress)
  | ({ status: 'error'; error?: FakeError | undefined } & FakeProgress);

const USUAL_LEAD_MS = 5 * 60_000;
const USUAL_RETRY_MS = 30_000;

/** Which tenant and session a state is about; null while idle. */
export function getFakeIdentity(state: FakeTenantState): string | null {
  if (state.status === 'idle') return null;
  const id = state.status === 'ready' ? state.tenant?.id : undefined;
  return `fake:${id ?? DEFAULT_TENANT_ID}`;
}

/** A state as it was given → one moment of a provider, complete. */
export function resolveFakeState(fake: FakeTenantState, nowMs: number): TenantSnapshot {
  const state = resolveMoment(fake);
  const progress = resolveProgress(fake, state, nowMs);
  return {
    identity: getFakeIdentity(fake),
    echoedIdentity: null,
    state,
    progress,
    end: state.tenant && createEnd(state.tenant.expiresAt.getTime() - nowMs),
  };
}

/** In a time that stands still at 0. Whatever date it is given, a tenant that is there is usable. */
function createEnd(leftMs: number): TokenEnd {
  const remainingMs = leftMs > 0 ? leftMs : DEFAULT_LIFETIME_MS;
  return { remainingMs, endsAtMs: remainingMs, usableUntilMs: Math.max(1, remainingMs - guardMs(remainingMs)) };
}

function resolveMoment(state: FakeTenantState): TenantState {
  if (state.status === 'idle') return { status: 'idle', tenant: null };
  if (state.status === 'error')
    return { status: 'error', tenant: null, error: createError(state.error ?? 'unauthenticated') };
  const error = state.error === undefined ? {} : { error: createError(state.error) };
  return state.status === 'ready'
    ? { status: 'ready', tenant: createFakeTenant(state.tenant), ...error }
    : { status: state.status, tenant: null, ...error };
}

function createError(error: FakeError): UpsolveTenantError {
  return typeof error === 'string' ? new UpsolveTenantError(error) : error;
}

/** What usually goes with it: a first or expired token is being asked for, a failure waits for its retry or has stopped. */
function resolveProgress(
  fake: FakeTenantState,
  { status, tenant, error }: TenantState,
  nowMs: number,
): RefreshProgress {
  const given: FakeProgress = fake.status === 'idle' ? {} : fake;
  const isAsking = !error && (status === 'loading' || status === 'expired');
  const { isRefreshing = isAsking, failureCount = error ? (status === 'error' && error.retryable ? 2 : 1) : 0 } = given;
  const nextMs = error?.retryable
    ? nowMs + USUAL_RETRY_MS
    : tenant && !error && tenant.expiresAt.getTime() - USUAL_LEAD_MS;
  const lastMs = tenant ? nowMs : status === 'expired' && nowMs - DEFAULT_LIFETIME_MS;
  const toDate = (ms: number | false | null | undefined): Date | null => (typeof ms === 'number' ? new Date(ms) : null);
  const { nextAttemptAt = toDate(!isRefreshing && nextMs), lastRefreshedAt = toDate(lastMs) } = given;
  return { isRefreshing, failureCount, nextAttemptAt, lastRefreshedAt };
}
