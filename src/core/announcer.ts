import type { UpsolveTenantError, UpsolveTenantErrorCode } from './errors';
import type { UpsolveTenantEvent } from './events';
import { guarded } from './guarded';
import type { TenantCallbacks } from './options';
import { isSamePermissions, type UpsolvePermissions } from './permissions';
import type { TenantSnapshot, UpsolveTenantStatus } from './snapshot';

/** Turns what changed between two moments into the app's callbacks, each told once. */
export interface Announcer {
  readonly tell: (event: UpsolveTenantEvent) => void;
  /** Compares with the moment announced last. `onSignIn` runs the app's own sign-in, if it returned a promise. */
  announce(snapshot: TenantSnapshot, onSignIn: (signIn: PromiseLike<unknown>) => void): void;
}

/** A lost session shows in either. */
const LOST_SESSION: readonly UpsolveTenantErrorCode[] = ['unauthenticated', 'token_expired'];

export function createAnnouncer(readCallbacks: () => TenantCallbacks): Announcer {
  let identity: string | null = null;
  let status: UpsolveTenantStatus = 'idle';
  let permissions: UpsolvePermissions | null = null;
  let failure: { readonly code: UpsolveTenantErrorCode; readonly isTurned: boolean } | null = null;
  let isSessionLost = false;

  const tell = (event: UpsolveTenantEvent): void => void guarded(() => readCallbacks().onEvent?.(event));

  function announceFailure(error: UpsolveTenantError | undefined): void {
    const isTurned = status === 'error';
    const isNews = error && (failure?.code !== error.code || (isTurned && !failure.isTurned));
    failure = error ? { code: error.code, isTurned } : null;
    if (isNews) guarded(() => readCallbacks().onError?.(error, { status }));
  }

  function announcePermissions(now: UpsolvePermissions | undefined): void {
    if (!now || (permissions && isSamePermissions(permissions, now))) return;
    const previous = permissions;
    permissions = now;
    tell({ type: 'permissions', permissions: now, previous });
    guarded(() => readCallbacks().onPermissionsChange?.(now, previous));
  }

  return {
    tell,
    announce(snapshot, onSignIn) {
      const { error } = snapshot;
      if (snapshot.identity !== identity || snapshot.status === 'idle') {
        identity = snapshot.identity;
        permissions = null;
        failure = null;
        isSessionLost = false;
      }
      const previous = status;
      status = snapshot.status;
      if (previous !== status) tell({ type: 'status', status, previous });
      announcePermissions(snapshot.tenant?.permissions);
      announceFailure(error);
      const wasLost = isSessionLost;
      isSessionLost = error !== undefined && (wasLost || LOST_SESSION.includes(error.code));
      if (!error || !isSessionLost || wasLost) return;
      const signIn = guarded(() => readCallbacks().onUnauthenticated?.(error));
      if (isPromiseLike(signIn)) onSignIn(signIn);
    },
  };
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (Object(value) as { then?: unknown }).then === 'function';
}
