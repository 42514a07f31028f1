import type { Clock } from './clock';
import type { UpsolveTenantError } from './errors';
import type { RequestKind, RequestReason, UpsolveTenantEvent } from './events';
import type { UpsolvePermissions } from './permissions';
import type { UpsolveTenantStatus } from './snapshot';

/** What `headers`, `body` and `fetchTenant` are told about the request they are for. */
export interface TenantRequestContext {
  readonly request: RequestKind;
  readonly reason: RequestReason;
  /** The how-manieth attempt in a row, from 1. */
  readonly attempt: number;
  /** The HTTP status of the answer before: 401 means that the session token in use was refused. */
  readonly lastStatus?: number;
  /** As text; absent in an app with one tenant. */
  readonly tenantId?: string;
  /** Aborted on timeout, on a switch of tenant, on `clear()` and when the provider is gone. */
  readonly signal: AbortSignal;
}

export type TenantRequestHeaders = Readonly<Record<string, string>> | Headers | [string, string][];

/** Plain data is sent as JSON; text, FormData, URLSearchParams and Blob as they are. */
export type TenantRequestBody = object | string;

/** How the app's backend is asked for a tenant. Whatever is no part of the identity is read fresh at each request. */
export interface TenantRequestOptions {
  /** Where the first request of a tenant is POSTed. @default none; either this or `fetchTenant` */
  endpoint?: string | URL | undefined;
  /** Where every later request of the same tenant is POSTed. @default endpoint */
  refreshEndpoint?: string | URL | undefined;
  /** Asked with GET and the token as Bearer when an answer carries no permissions. @default none */
  permissionsEndpoint?: string | URL | undefined;
  /** Asks the backend instead of `endpoint` and `refreshEndpoint`. It returns the answer's JSON or a `Response`, or throws. */
  fetchTenant?: ((context: TenantRequestContext) => unknown) | undefined;
  /** Headers, or a (possibly async) function of them. A function may return null: nobody is signed in, nothing is sent. */
  headers?:
    | TenantRequestHeaders
    | ((context: TenantRequestContext) => TenantRequestHeaders | null | Promise<TenantRequestHeaders | null>)
    | undefined;
  /** As of `fetch`. @default 'same-origin' */
  credentials?: RequestCredentials | undefined;
  /** The POST's body, or a (possibly async) function of it. @default {tenantId}, if there is one */
  body?:
    TenantRequestBody | ((context: TenantRequestContext) => TenantRequestBody | Promise<TenantRequestBody>) | undefined;
  /** @default the page's own, looked up at each request */
  fetch?: typeof globalThis.fetch | undefined;
  /** How long before a token's end its refresh starts, in ms; at most half of what the token has left. @default 300_000 */
  refreshLeadMs?: number | undefined;
  /** How long one attempt may take, from `headers()` to the last byte of the answer, in ms. @default 10_000 */
  requestTimeoutMs?: number | undefined;
  /** Lets an `http:` endpoint pass that is not on this machine. A token then travels readable. @default false */
  dangerouslyAllowHttp?: boolean | undefined;
}

/** Whom the engine tells. The newest callbacks are the ones called, after the attempt they speak of has been closed. */
export interface TenantCallbacks {
  /** Everything that happens, without secrets: for logs and metrics. */
  onEvent?: ((event: UpsolveTenantEvent) => void) | undefined;
  /** The first failure of a streak, a change of code, or the turn to status `error`. */
  onError?: ((error: UpsolveTenantError, context: { status: UpsolveTenantStatus }) => void) | undefined;
  /** The app's role signal: the effective set changed; `before` is null at the first. */
  onPermissionsChange?: ((now: UpsolvePermissions, before: UpsolvePermissions | null) => void) | undefined;
  /**
   * The session is lost; told once. Return a promise while the app signs in: the provider asks nothing until it settles,
   * and asks once when it is fulfilled.
   */
  onUnauthenticated?: ((error: UpsolveTenantError) => unknown) | undefined;
}

export interface EngineOptions extends TenantRequestOptions, TenantCallbacks {
  clock?: Clock | undefined;
  /** An answer the server already fetched: counts for the first identity only. */
  initialTenant?: unknown;
  /** What relative URLs resolve against. */
  baseUrl?: string | undefined;
}

/** Every number a caller may set, with its default in ms. */
export const DEFAULT_OPTIONS: { readonly refreshLeadMs: number; readonly requestTimeoutMs: number } = {
  refreshLeadMs: 5 * 60_000,
  requestTimeoutMs: 10_000,
};
