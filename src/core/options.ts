import { fingerprint } from './answer';
import { invalid, isAbsolute, parseEndpoint, readUrlText, serializeJson } from './refusals';
import type { RequestKind, RequestReason } from './schedule';

/** What `endpoint`, `headers` and `body` are told about the request they are for, where they are functions. */
export interface TenantRequestContext {
  readonly request: RequestKind;
  readonly reason: RequestReason;
  /** Attempt number in this streak, from 1. */
  readonly attempt: number;
  /** The HTTP status of the answer before: 401 means that the session token in use was refused. */
  readonly lastStatus?: number;
  /** As text; absent in an app with one tenant. */
  readonly tenantId?: string;
  /** Aborted on timeout, on a switch of tenant, on `clear()` and when the provider is gone. */
  readonly signal: AbortSignal;
}

export type TenantRequestHeaders = Readonly<Record<string, string>> | Headers | [string, string][];

/** Data that JSON carries whole: no forms, files or Map, no NaN. An endpoint function sends those. */
export type TenantRequestBody = object | string | number | boolean;

/** The app's own way to its backend. It returns the answer's JSON or a `Response`, or throws. */
export type TenantEndpointFunction = (context: TenantRequestContext) => unknown;

/** How the app's backend is asked for a tenant. Whatever is no part of the identity is read fresh at each request. */
export interface TenantRequestOptions {
  /** Where the first request of a tenant is POSTed; or a function, called instead for every request. */
  endpoint?: string | URL | TenantEndpointFunction | undefined;
  /** Where every later request of the same tenant is POSTed. @default endpoint */
  refreshEndpoint?: string | URL | undefined;
  /** Asked with GET and the token as Bearer when an answer carries no permissions. @default none */
  permissionsEndpoint?: string | URL | undefined;
  /** Headers, or a (possibly async) function of them. A function may return null: nobody is signed in, nothing is sent. */
  headers?:
    | TenantRequestHeaders
    | ((context: TenantRequestContext) => TenantRequestHeaders | null | Promise<TenantRequestHeaders | null>)
    | undefined;
  /** As of `fetch`. @default 'same-origin' */
  credentials?: RequestCredentials | undefined;
  /** The POST's body as JSON, or a (possibly async) function of it. @default {tenantId}, if there is one */
  body?:
    TenantRequestBody | ((context: TenantRequestContext) => TenantRequestBody | Promise<TenantRequestBody>) | undefined;
  /** Sends every request. @default the page's own, looked up at each request */
  fetch?: typeof globalThis.fetch | undefined;
  /** How long before a token's end its refresh starts, in ms; at most half of what the token has left. @default 300_000 */
  refreshLeadMs?: number | undefined;
  /** How long one attempt may take, from `headers()` to the last byte of the answer, in ms. @default 10_000 */
  requestTimeoutMs?: number | undefined;
  /** Lets an `http:` endpoint pass that is not on this machine. The token would be sent unencrypted. @default false */
  dangerouslyAllowHttp?: boolean | undefined;
}

/** What makes one tenant and session another. */
export interface IdentityOptions extends Pick<TenantRequestOptions, 'endpoint' | 'body'> {
  /**
   * Which tenant: text or a finite number, compared as text. Leave it out in an app with one tenant; null, '' and NaN mean
   * "not known yet" or "signed out", and nothing is asked.
   */
  tenantId?: string | number | null | undefined;
  /** Who is signed in, so that another user is another identity. It is never sent. */
  sessionKey?: string | number | null | undefined;
  /** Whether anything is asked; false is like a tenant that is not known yet. @default true */
  enabled?: boolean | undefined;
  /** What relative URLs resolve against. */
  baseUrl?: string | undefined;
}

/** What a request is made of. */
export type RequestOptions = TenantRequestOptions & IdentityOptions;

/** Options with every default filled in and every URL resolved. */
export interface ResolvedOptions extends Pick<TenantRequestOptions, 'headers' | 'body'> {
  readonly source:
    | { readonly kind: 'url'; readonly endpoint: URL; readonly refreshEndpoint: URL }
    | { readonly kind: 'function'; readonly endpoint: TenantEndpointFunction };
  readonly permissionsEndpoint: URL | undefined;
  readonly credentials: RequestCredentials;
  readonly fetch: typeof globalThis.fetch;
  readonly refreshLeadMs: number;
  readonly requestTimeoutMs: number;
}

/** Every number a caller may set, with its default in ms. */
export const DEFAULT_OPTIONS: { readonly refreshLeadMs: number; readonly requestTimeoutMs: number } = {
  refreshLeadMs: 5 * 60_000,
  requestTimeoutMs: 10_000,
};

/** The longest a timer can wait; anything longer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * User options → complete options, read anew before each request.
 *
 * @throws UpsolveTenantError `invalid_options`, `insecure_endpoint`, `api_key_in_browser`.
 */
export function resolveOptions(options: RequestOptions): ResolvedOptions {
  const { endpoint, permissionsEndpoint, baseUrl, dangerouslyAllowHttp } = options;
  const parse = (name: string, url: string | URL, base = baseUrl): URL =>
    parseEndpoint(name, url, { baseUrl: base, dangerouslyAllowHttp });
  if (endpoint == null || endpoint === '') throw invalid('endpoint is missing');
  for (const name of ['tenantId', 'sessionKey'] as const) {
    const value = options[name];
    if (value != null && typeof value !== 'string' && !Number.isFinite(value))
      throw invalid(`${name} is no text or number`);
  }
  const source: ResolvedOptions['source'] =
    typeof endpoint === 'function'
      ? { kind: 'function', endpoint }
      : {
          kind: 'url',
          endpoint: parse('endpoint', endpoint),
          refreshEndpoint: parse('refreshEndpoint', options.refreshEndpoint ?? endpoint),
        };
  const own = source.kind === 'url' ? source.endpoint : undefined;
  return {
    source,
    permissionsEndpoint:
      permissionsEndpoint === undefined
        ? undefined
        : moveToOrigin(
            parse('permissionsEndpoint', permissionsEndpoint, baseUrl ?? own?.href),
            permissionsEndpoint,
            own,
          ),
    headers: options.headers,
    body: options.body,
    credentials: options.credentials ?? 'same-origin',
    fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
    refreshLeadMs: parseDuration('refreshLeadMs', options.refreshLeadMs),
    requestTimeoutMs: parseDuration('requestTimeoutMs', options.requestTimeoutMs),
  };
}

/** A relative permissions URL is on the origin of the backend that mints the token: no other one gets the Bearer. */
function moveToOrigin(url: URL, given: string | URL, endpoint: URL | undefined): URL {
  const text = readUrlText(given) ?? '';
  const isRelative = !isAbsolute(text) && !text.startsWith('//');
  return endpoint && isRelative ? new URL(url.pathname + url.search, endpoint.origin) : url;
}

function parseDuration(name: keyof typeof DEFAULT_OPTIONS, value: number | undefined): number {
  const ms = value ?? DEFAULT_OPTIONS[name];
  if (typeof ms !== 'number' || !(ms > 0)) throw invalid(`${name} is no number of ms above 0`);
  return Math.min(ms, LONGEST_TIMER_MS);
}

/** Which tenant, for whom. */
export interface TenantTarget {
  /** Tenant, session, endpoint and body in one text. */
  readonly identity: string;
  /** The same without the tenant. */
  readonly session: string;
  /** As text; undefined in an app with one tenant. */
  readonly tenantId: string | undefined;
}

/** Which tenant is wanted; null where nothing is to be asked. It never throws: what is refused is said by a request. */
export function resolveTarget(options: IdentityOptions): TenantTarget | null {
  const { tenantId, sessionKey, enabled = true } = options;
  if (!enabled || tenantId === null || tenantId === '' || Number.isNaN(tenantId)) return null;
  // A part that is missing is not the same as one that is empty.
  const session = JSON.stringify([
    sessionKey == null ? null : asText(sessionKey),
    endpointOf(options),
    bodyOf(options),
  ]);
  return createTarget(session, tenantId === undefined ? undefined : asText(tenantId));
}

/** What is neither text nor a number is refused before anything is sent; until then it must not throw. */
function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : typeof value;
}

export function createTarget(session: string, tenantId: string | undefined): TenantTarget {
  return { identity: JSON.stringify([tenantId ?? null, session]), session, tenantId };
}

/** A name for the session that other tabs of the app find too, and that tells nobody who it is; null where none is known. */
export function sessionName(options: IdentityOptions): string | null {
  const who = options.sessionKey ?? options.tenantId;
  if (who == null || who === '' || Number.isNaN(who)) return null;
  return fingerprint(JSON.stringify([endpointOf(options), asText(who)]));
}

/** A function adds nothing: an app that gives one tells its tenants apart by `tenantId` or `sessionKey`. */
function endpointOf({ endpoint, baseUrl }: IdentityOptions): string | null {
  const text = readUrlText(endpoint);
  if (text === undefined) return null;
  try {
    return new URL(text, baseUrl).href;
  } catch {
    return text;
  }
}

function bodyOf({ body }: IdentityOptions): string | null {
  try {
    return body === undefined || typeof body === 'function' ? null : serializeJson(body);
  } catch (refused) {
    return String(refused);
  }
}
