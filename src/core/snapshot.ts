import type { UpsolveTenantError } from './errors';
import type { UpsolvePermissions } from './permissions';
import type { Plan, TokenEnd } from './schedule';

/** A tenant that may be shown right now. It lives in memory only; keep it out of storage, URLs and logs. */
export interface UpsolveTenant {
  /** The tenant's id: the one the backend echoed, else the one the provider was given, as text. */
  readonly id?: string;
  /** The token for the dashboard. Whoever holds it can read this tenant's data until it ends. */
  readonly token: string;
  /** When the token ends, by the clock of this page: `new Date() > expiresAt` is right even where that clock is wrong. */
  readonly expiresAt: Date;
  /** The effective permissions: the same object for as long as they are equal. */
  readonly permissions: UpsolvePermissions;
}

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
  | {
      /** Which of the five holds. */
      readonly status: 'ready';
      /** The tenant that may be shown; null in every status but `ready`. */
      readonly tenant: UpsolveTenant;
      /** Why the last attempt failed; in `error` always, in `idle` never. */
      readonly error?: UpsolveTenantError;
    }
  | { readonly status: 'expired'; readonly tenant: null; readonly error?: UpsolveTenantError }
  | { readonly status: 'error'; readonly tenant: null; readonly error: UpsolveTenantError };

export type UpsolveTenantStatus = TenantState['status'];

/** What is known about the asking itself, beside the state. */
export interface RefreshProgress {
  /** A request for a token is under way, or waits its turn. */
  readonly isRefreshing: boolean;
  /** When the next request starts by itself, by this page's clock; null while none is planned. */
  readonly nextAttemptAt: Date | null;
  /** When the token in use was accepted, by this page's clock; null before the first. */
  readonly lastRefreshedAt: Date | null;
  /** Attempts that failed in a row; 0 after a success. */
  readonly failureCount: number;
}

/** One moment. Each part is the same object for as long as nothing in it changed. */
export interface TenantSnapshot {
  /** Which tenant and session this is about; null while idle. A render that wants another one must not use it. */
  readonly identity: string | null;
  /** The same, had the app named the tenant whose id the backend echoed; null where it has named one. */
  readonly echoedIdentity: string | null;
  readonly state: TenantState;
  readonly progress: RefreshProgress;
  /** Of the tenant's token; null without one. */
  readonly end: TokenEnd | null;
}

/** What the hooks and guards need of whoever holds the tenant: the engine, or a double that stands still. */
export interface TenantSource {
  /** What holds now, by the clock: reading it after a token's end says so even if no timer has run. */
  readonly getSnapshot: () => TenantSnapshot;
  readonly subscribe: (listener: () => void) => () => void;
  /** The one clock, in which `TokenEnd` is told. */
  readonly now: () => number;
  /** The page's clock, by which dates are told. */
  readonly dateNow: () => number;
  readonly refresh: () => Promise<UpsolveTenant>;
  readonly retry: () => void;
  readonly clear: () => void;
}

const AT_REST: RefreshProgress = { isRefreshing: false, nextAttemptAt: null, lastRefreshedAt: null, failureCount: 0 };

/** Each one object for good: who shows it before anything has begun does not render again once it has. */
export const IDLE = { status: 'idle', tenant: null } as const;
export const LOADING = { status: 'loading', tenant: null } as const;

/** What is known before anything is. */
export function createSnapshot(state: TenantState): TenantSnapshot {
  return { identity: null, echoedIdentity: null, state, progress: AT_REST, end: null };
}

/** The newer moment, with each part of the former one that still says the same. */
export function reuseSnapshot(former: TenantSnapshot, next: TenantSnapshot): TenantSnapshot {
  const state = isSame(former.state, next.state) ? former.state : next.state;
  const progress = isSame(former.progress, next.progress) ? former.progress : next.progress;
  const reused = { ...next, state, progress };
  return isSame(former, reused) ? former : reused;
}

function isSame<Fields extends object>(a: Fields, b: Fields): boolean {
  const keys = Object.keys({ ...a, ...b }) as (keyof Fields)[];
  return keys.every((key) => Object.is(a[key], b[key]));
}

/** What an identity's life has decided. What the clock can change is in none of it. */
export interface LifeRecord extends Pick<RefreshProgress, 'isRefreshing' | 'lastRefreshedAt'> {
  readonly identity: string;
  readonly echoedIdentity: string | null;
  readonly held: TokenEnd | null;
  readonly tenant: UpsolveTenant | null;
  readonly hadTenant: boolean;
  readonly plan: Plan;
  readonly failure: { readonly error: UpsolveTenantError; readonly count: number } | null;
}

/** Without a usable token one failed attempt may be a blip; from the second in a row the user is told. */
const FAILURES_TO_SHOW = 2;

/** What holds at a moment of steady time. */
export function deriveSnapshot(life: LifeRecord, now: () => number): TenantSnapshot {
  const { identity, echoedIdentity, held, plan, failure, isRefreshing, lastRefreshedAt } = life;
  const nextAttemptAt = plan.kind === 'none' || isRefreshing ? null : plan.at;
  const progress = { isRefreshing, nextAttemptAt, lastRefreshedAt, failureCount: failure?.count ?? 0 };
  // No clock is read before there is a token: a page may be prerendered.
  const state = deriveState(life, held !== null && now() < held.usableUntilMs);
  return { identity, echoedIdentity, state, progress, end: state.tenant && held };
}

function deriveState({ tenant, plan, failure, ...life }: LifeRecord, isUsable: boolean): TenantState {
  if (plan.kind === 'none' && !life.isRefreshing) return IDLE;
  const error = failure && { error: failure.error };
  if (tenant && isUsable) return { status: 'ready', tenant, ...error };
  if (error && (plan.kind === 'stopped' || failure.count >= FAILURES_TO_SHOW)) {
    return { status: 'error', tenant: null, ...error };
  }
  if (life.hadTenant) return { status: 'expired', tenant: null, ...error };
  return error ? { ...LOADING, ...error } : LOADING;
}
