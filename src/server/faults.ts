import { isUpsolveTenantError, UpsolveTenantError, type UpsolveTenantErrorCode } from '../core/errors';
import type { TenantRoute } from './routes';
import { redact } from './secret';

/** Where something failed that did not keep a request from being answered, or that is the backend's own fault. */
export type FaultSource = 'store' | 'identify' | 'issuer' | 'onPermissionsChange' | 'handler';

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

/** Hears of everything; nobody waits for it, and what it throws is ignored. */
export type TenantHandlerListener = (event: TenantHandlerEvent) => void | Promise<void>;

/** Whatever was thrown → an error that can be told: of ours the same code, and of none the API key. */
export function describeFault(thrown: unknown, apiKey: string | undefined): UpsolveTenantError {
  const { name, message } = thrown instanceof Error ? thrown : { name: typeof thrown, message: String(thrown) };
  const text = redact(message.slice(0, 10_000), apiKey);
  if (isUpsolveTenantError(thrown)) {
    const { code, status, retryAfterMs, retryable } = thrown;
    return text === message ? thrown : new UpsolveTenantError(code, { message: text, status, retryAfterMs, retryable });
  }
  return new UpsolveTenantError('server', { message: `${redact(name, apiKey)}: ${text}` });
}

/**
 * Passes a framework's own signal on, as it is: Next ends a prerender, redirects and answers "not found" by throwing an
 * error with a `digest`, which it must get back. It stands first in each `catch` around code of the app or the platform.
 */
export function rethrowSignal(thrown: unknown): void {
  if (typeof (thrown as { digest?: unknown } | null | undefined)?.digest === 'string') throw thrown as Error;
}
