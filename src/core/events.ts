import type { UpsolveTenantError, UpsolveTenantErrorCode } from './errors';
import { isSamePermissions, type UpsolvePermissions } from './permissions';
import type { RequestKind, RequestReason } from './schedule';
import type { TenantSnapshot, UpsolveTenantStatus } from './snapshot';

/** Why a dashboard got the newer token. */
export type HandoverReason = 'first' | 'immediate' | 'hidden' | 'inactive' | 'manual' | 'deadline' | 'permissions';

interface RequestEvent {
  readonly request: RequestKind;
  readonly reason: RequestReason;
  /** Attempt number in this streak, from 1. */
  readonly attempt: number;
}

/** What `onEvent` tells, for logs and metrics. No token, URL, tenant id or name is in any of them. Times are in ms. */
export type UpsolveTenantEvent =
  | (RequestEvent & { readonly type: 'request' })
  | (RequestEvent & { readonly type: 'success'; readonly durationMs: number })
  | (RequestEvent & {
      readonly type: 'failure';
      readonly durationMs: number;
      readonly code: UpsolveTenantErrorCode;
      /** When the next attempt follows by itself; absent where none does. */
      readonly retryInMs?: number;
    })
  | { readonly type: 'status'; readonly status: UpsolveTenantStatus; readonly previous: UpsolveTenantStatus }
  | {
      readonly type: 'permissions';
      readonly permissions: UpsolvePermissions;
      readonly previous: UpsolvePermissions | null;
    }
  | {
      readonly type: 'handover';
      readonly reason: HandoverReason;
      /** What the former token had left; 0 where it had ended or there was none. */
      readonly remainingMs: number;
    }
  | { readonly type: 'clear'; readonly origin: 'here' | 'other_tab' }
  /** The answer does not say for which tenant it is: told once, so that the backend can be completed. */
  | { readonly type: 'tenant_unverified' }
  /** An opaque token came without any expiry: one hour is assumed. */
  | { readonly type: 'expiry_assumed' }
  /** The page's own Content-Security-Policy keeps a frame from loading. */
  | { readonly type: 'frame_blocked' };

/** Whom the engine tells. The newest callbacks are the ones called, after the attempt they speak of has been closed. */
export interface TenantCallbacks {
  /** Everything that happens, without secrets: for logs and metrics. */
  onEvent?: ((event: UpsolveTenantEvent) => void) | undefined;
  /** The first failure of a streak, a change of code, or the turn to status `error`. */
  onError?: ((error: UpsolveTenantError, context: { status: UpsolveTenantStatus }) => void) | undefined;
  /** The app's role signal: the effective set changed; `before` is null at the first. */
  onPermissionsChange?: ((now: UpsolvePermissions, before: UpsolvePermissions | null) => void) | undefined;
  /** The session is lost; told once. The app signs in, then calls `retry()` or changes `sessionKey`. */
  onUnauthenticated?: ((error: UpsolveTenantError) => void) | undefined;
}

/** Turns what changed between two moments into the app's callbacks, each told once. */
export interface Announcer {
  readonly tell: (event: UpsolveTenantEvent) => void;
  /** Compares with the moment announced last. */
  readonly announce: (snapshot: TenantSnapshot) => void;
  /** The tenant told of last goes on under another identity: nothing of it is news. */
  readonly rename: (identity: string) => void;
}

export function createAnnouncer(readCallbacks: () => TenantCallbacks): Announcer {
  let identity: string | null = null;
  let status: UpsolveTenantStatus = 'idle';
  let permissions: UpsolvePermissions | null = null;
  let failure: { readonly code: UpsolveTenantErrorCode; readonly isTurned: boolean } | null = null;
  let isSessionLost = false;

  function call<Name extends keyof TenantCallbacks>(
    name: Name,
    ...args: Parameters<NonNullable<TenantCallbacks[Name]>>
  ): void {
    // Taken out of its object: an app's function is called bare.
    const callback = readCallbacks()[name] as ((...args: unknown[]) => unknown) | undefined;
    if (callback) guarded(() => callback(...args));
  }

  function announceFailure(error: UpsolveTenantError | undefined): void {
    const isTurned = status === 'error';
    const isNews = failure?.code !== error?.code || (isTurned && !failure?.isTurned);
    failure = error ? { code: error.code, isTurned } : null;
    if (error && isNews) call('onError', error, { status });
    const wasLost = isSessionLost;
    // A failure of another kind, on the way back to a session, is not another loss.
    isSessionLost =
      error !== undefined && (wasLost || error.code === 'unauthenticated' || error.code === 'token_expired');
    if (error && isSessionLost && !wasLost) call('onUnauthenticated', error);
  }

  function tell(event: UpsolveTenantEvent): void {
    call('onEvent', event);
  }

  return {
    tell,
    rename: (next) => void (identity = next),
    announce(snapshot) {
      const { state } = snapshot;
      if (snapshot.identity !== identity || state.status === 'idle') {
        identity = snapshot.identity;
        permissions = null;
        failure = null;
        isSessionLost = false;
      }
      const previous = status;
      status = state.status;
      if (previous !== status) tell({ type: 'status', status, previous });
      const now = state.tenant?.permissions;
      const before = permissions;
      if (now && !(before && isSamePermissions(before, now))) {
        permissions = now;
        tell({ type: 'permissions', permissions: now, previous: before });
        call('onPermissionsChange', now, before);
      }
      announceFailure(state.error);
    },
  };
}

/** A callback that throws is the app's error: it is reported as one and must not end the chain of refreshes. */
export function guarded(run: () => unknown): void {
  const report = (thrown: unknown): void => {
    if (typeof reportError === 'function') reportError(thrown);
    else
      queueMicrotask(() => {
        throw thrown;
      });
  };
  try {
    const result = run();
    // An async callback that rejects is no unhandled rejection of ours, but is reported the same way.
    if (result instanceof Promise) result.catch(report);
  } catch (thrown) {
    report(thrown);
  }
}

/** Who wants to be told. One that leaves or joins while others are told changes nothing for them. */
export interface Listeners {
  /** Returns how to leave. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly tell: () => void;
}

export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      // An object of its own for each, so that one function can listen twice.
      const entry = (): void => listener();
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    tell() {
      for (const listener of [...listeners]) listener();
    },
  };
}
