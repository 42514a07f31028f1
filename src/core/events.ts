import type { UpsolveTenantErrorCode } from './errors';
import type { UpsolvePermissions } from './permissions';
import type { UpsolveTenantStatus } from './snapshot';

/** Why a request is made. `retry` follows a failure by itself; `manual` is `refresh()` or `retry()`. */
export type RequestReason = 'initial' | 'scheduled' | 'expired' | 'wake' | 'retry' | 'manual';

/** What is asked for. */
export type RequestKind = 'tenant' | 'permissions';

/** Why a dashboard got the newer token. */
export type HandoverReason = 'first' | 'immediate' | 'hidden' | 'inactive' | 'manual' | 'deadline' | 'permissions';

/**
 * What `onEvent` tells, for logs and metrics. No token, URL, tenant id or name is in any of them.
 */
export type UpsolveTenantEvent =
  | {
      readonly type: 'request';
      readonly request: RequestKind;
      readonly reason: RequestReason;
      readonly attempt: number;
    }
  | {
      readonly type: 'success';
      readonly request: RequestKind;
      readonly reason: RequestReason;
      readonly attempt: number;
      readonly durationMs: number;
    }
  | {
      readonly type: 'failure';
      readonly request: RequestKind;
      readonly reason: RequestReason;
      readonly attempt: number;
      readonly durationMs: number;
      readonly code: UpsolveTenantErrorCode;
      /** When the next attempt follows by itself; absent where none does. */
      readonly retryInMs?: number;
    }
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
      /** How long the next frame loaded behind the running one; 0 for a native dashboard. */
      readonly overlapMs: number;
    }
  | { readonly type: 'clear'; readonly origin: 'here' | 'other_tab' }
  /** The answer does not say for which tenant it is: told once, so that the backend can be completed. */
  | { readonly type: 'tenant_unverified' }
  /** An opaque token came without any expiry: one hour is assumed. */
  | { readonly type: 'expiry_assumed' };
