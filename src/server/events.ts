import type { UpsolveTenantError, UpsolveTenantErrorCode } from '../core/errors';
import type { TenantRoute } from './routes';

/** Where something failed that did not keep a request from being answered, or that is the backend's own fault. */
export type FaultSource = 'store' | 'identify' | 'onPermissionsChange' | 'handler';

/** What `onEvent` tells, for logs and metrics. No token, API key, URL, tenant id or name is in any of them. */
export type TenantHandlerEvent =
  | {
      readonly type: 'request';
      /** Absent where no route has this path. */
      readonly route?: TenantRoute;
      readonly status: number;
      readonly durationMs: number;
      readonly code?: UpsolveTenantErrorCode;
    }
  /** Upsolve was asked for a token; `code` says why it gave none. */
  | { readonly type: 'registration'; readonly durationMs: number; readonly code?: UpsolveTenantErrorCode }
  | { readonly type: 'fault'; readonly source: FaultSource; readonly error: UpsolveTenantError };

/** Hears of everything; what it throws is ignored. */
export type TenantHandlerListener = (event: TenantHandlerEvent) => void;
