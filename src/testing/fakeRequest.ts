import type { RequestKind } from 'react-upsolve-tenant';

/** One request that a fake backend was asked, without anything secret. */
export interface FakeBackendRequest {
  /** What was asked for: a tenant by POST, permissions by GET. */
  readonly request: RequestKind;
  readonly method: string;
  /** Origin and path: no query, fragment or credentials. */
  readonly url: string;
  /** The tenant that the body names, as text. */
  readonly tenantId?: string;
  /** When it was asked, by the page's clock. */
  readonly at: Date;
  /** Whether an `Authorization: Bearer` header was there. */
  readonly hasBearer: boolean;
}

/** A request as it was asked, with what must not be kept in a list. */
export interface AskedRequest {
  readonly record: FakeBackendRequest;
  readonly headers: Headers;
  readonly signal: AbortSignal | null | undefined;
  readonly redirect: RequestRedirect | undefined;
}

/** What `fetch` was called with → what was asked. `body` is the text of a Request's body, which only it can tell. */
export function readFakeRequest(
  input: string | URL | Request,
  init: RequestInit,
  body: string | undefined,
  at: Date,
): AskedRequest {
  const given = isRequest(input) ? input : undefined;
  const method = (init.method ?? given?.method ?? 'GET').toUpperCase();
  const url = new URL(isRequest(input) ? input.url : input, globalThis.document?.baseURI);
  const headers = new Headers(init.headers ?? given?.headers);
  const tenantId = readTenantId(init.body ?? body);
  return {
    record: {
      request: method === 'GET' ? 'permissions' : 'tenant',
      method,
      url: url.origin + url.pathname,
      ...(tenantId !== undefined && { tenantId }),
      at,
      hasBearer: /^bearer /i.test(headers.get('authorization') ?? ''),
    },
    headers,
    signal: init.signal ?? given?.signal,
    redirect: init.redirect ?? given?.redirect,
  };
}

export function isRequest(input: string | URL | Request): input is Request {
  return typeof input === 'object' && 'method' in input;
}

function readTenantId(body: unknown): string | undefined {
  const id = typeof body === 'string' ? readJsonTenantId(body) : readFormTenantId(body);
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function readJsonTenantId(text: string): unknown {
  try {
    const { tenantId, tenant_id } = Object(JSON.parse(text)) as { tenantId?: unknown; tenant_id?: unknown };
    return tenantId ?? tenant_id;
  } catch {
    return undefined;
  }
}

/** FormData and URLSearchParams. */
function readFormTenantId(body: unknown): unknown {
  const { get } = Object(body) as { get?: unknown };
  return typeof get === 'function' ? (get.call(body, 'tenantId') as unknown) : undefined;
}
