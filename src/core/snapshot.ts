import type { UpsolveTenantError } from './errors';
import type { UpsolveTenant } from './tenant';

/**
 * What holds at one moment, as a union: a tenant is there in `ready` and nowhere else.
 *
 * - `idle`: nothing is asked: `enabled={false}`, no tenant yet, or after `clear()`
 * - `loading`: there has been no usable token for this tenant and session yet
 * - `ready`: a usable token; `error` is there while the last refresh failed
 * - `expired`: there was one, none is usable now, and a refresh runs or waits
 * - `error`: asking has stopped, an option was refused, or two attempts in a row failed without a usable token
 */
export type TenantState =
  | { readonly status: 'idle'; readonly tenant: null; readonly error?: undefined }
  | { readonly status: 'loading'; readonly tenant: null; readonly error?: UpsolveTenantError }
  | { readonly status: 'ready'; readonly tenant: UpsolveTenant; readonly error?: UpsolveTenantError }
  | { readonly status: 'expired'; readonly tenant: null; readonly error?: UpsolveTenantError }
  | { readonly status: 'error'; readonly tenant: null; readonly error: UpsolveTenantError };

export type UpsolveTenantStatus = TenantState['status'];

/** What is known about the asking itself, beside the state. */
export interface RefreshProgress {
  /** A request for a token is under way. */
  readonly isRefreshing: boolean;
  /** When the next request starts by itself, by this page's clock; null while none is planned. */
  readonly nextAttemptAt: Date | null;
  /** When the token in use was accepted, by this page's clock; null before the first. */
  readonly lastRefreshedAt: Date | null;
  /** Attempts that failed in a row; 0 after a success. */
  readonly failureCount: number;
}

/** One moment of the engine. It is the same object for as long as nothing in it changed. */
export type TenantSnapshot = TenantState &
  RefreshProgress & {
    /** Which tenant and session this is about; null while idle. A render that wants another one must not use it. */
    readonly identity: string | null;
  };

/** What is known before anything is: the state on the server and in the first client render. */
export function createSnapshot(status: 'idle' | 'loading', identity: string | null): TenantSnapshot {
  return {
    identity,
    status,
    tenant: null,
    isRefreshing: false,
    nextAttemptAt: null,
    lastRefreshedAt: null,
    failureCount: 0,
  };
}

/** Whether two moments say the same, so that the one already handed out can stay. */
export function isSameSnapshot(a: TenantSnapshot, b: TenantSnapshot): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof TenantSnapshot>;
  return [...keys].every((key) => Object.is(a[key], b[key]));
}
