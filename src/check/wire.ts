import type { UpsolveTenantError } from '../core/errors';
import { parseThrown } from '../core/failure';
import { resolveOptions, type ResolvedOptions } from '../core/options';
import { type Exchange, requestPermissions, requestTenant, withDeadline } from '../core/request';
import { readResponse, type ReceivedAnswer } from '../core/response';
import { createSendBudget } from '../core/schedule';

/** Which backend is asked, as whose page. */
export interface WireOptions {
  readonly register: URL;
  readonly refresh: URL;
  readonly permissions: URL | undefined;
  /** The session: a cookie, an access token. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly tenantId: string | undefined;
  /** The page's origin, where it is another than the backend's. */
  readonly origin: string | undefined;
  readonly dangerouslyAllowHttp: boolean;
  readonly fetch: typeof globalThis.fetch;
  /** Wall time in ms. */
  readonly now: () => number;
}

/** One answer on the way, a redirect too. */
export interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly response: Response;
}

/** One request and all that came of it. */
export interface Play {
  readonly hops: readonly Hop[];
  /** The last exchange, as the client's explanations want it. */
  readonly exchange: Exchange | undefined;
  /** Where the client takes the answer for good. */
  readonly received?: ReceivedAnswer;
  /** Where it doesn't. */
  readonly error?: UpsolveTenantError;
  /** What a connection failed by, such as `ECONNREFUSED`. */
  readonly connection?: string;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

/** A Bearer of the permissions route: any text, or none at all. */
export type Bearer = string | null;

/** What the client, or anybody else, may ask of the backend. None of it rejects but for options that the client refuses. */
export interface Wire extends Pick<WireOptions, 'register' | 'refresh' | 'permissions' | 'tenantId'> {
  readonly pageOrigin: string;
  readonly isCrossOrigin: boolean;
  /** The names of what the page sends by itself, for a preflight: a cookie is no such header. */
  readonly sentHeaders: readonly string[];
  readonly hasCookie: boolean;
  readonly hasSession: boolean;
  /** A POST for a token, of this tenant or as another body has it. */
  askTenant(request: {
    readonly isRegistered?: boolean;
    readonly hasSession?: boolean;
    readonly body?: object;
  }): Promise<Play>;
  /** What a token may do; with no Bearer at all where `bearer` is null. */
  askPermissions(bearer: Bearer): Promise<Play>;
  /** Any other request, read as the client reads an answer. */
  ask(url: URL, init: RequestInit, hasSession?: boolean): Promise<Play>;
}

/** Asks as the client asks, by its own code, with the headers that a browser would add for the page. */
export function createWire(options: WireOptions): Wire {
  const { register, refresh, permissions, origin, tenantId, now } = options;
  const pageOrigin = origin ?? register.origin;
  const session = options.headers.map(([name, value]): [string, string] => [name, value]);

  const hasOwnOrigin = (url: URL): boolean => url.origin === pageOrigin;
  /** A browser names the page's origin on a POST, and on a request to another origin. */
  const pageHeaders = (method: string, url: URL): [string, string][] => [
    ...(method === 'GET' && hasOwnOrigin(url) ? [] : ([['origin', pageOrigin]] as [string, string][])),
    ['referer', `${pageOrigin}/`],
    ['sec-fetch-site', hasOwnOrigin(url) ? 'same-origin' : 'cross-site'],
  ];

  function resolve(fetch: typeof globalThis.fetch, hasSession: boolean, body?: object): ResolvedOptions {
    const { dangerouslyAllowHttp } = options;
    return resolveOptions({
      endpoint: register,
      refreshEndpoint: refresh,
      permissionsEndpoint: permissions,
      headers: hasSession ? session : [],
      body,
      dangerouslyAllowHttp,
      fetch,
    });
  }

  /** Runs a request and keeps what goes over the wire. */
  async function play(
    run: (fetch: typeof globalThis.fetch, onExchange: (exchange: Exchange) => void) => Promise<ReceivedAnswer>,
  ): Promise<Play> {
    const hops: Hop[] = [];
    let exchange: Exchange | undefined;
    let connection: string | undefined;
    const fetch: typeof globalThis.fetch = async (input, init = {}) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const method = init.method ?? 'GET';
      const headers = new Headers(init.headers);
      for (const [name, value] of pageHeaders(method, url)) if (!headers.has(name)) headers.set(name, value);
      try {
        const response = await options.fetch(url, { ...init, headers });
        hops.push({ method, url, response });
        return response;
      } catch (thrown) {
        connection = readConnectionFault(thrown);
        throw thrown;
      }
    };
    const sentAtMs = now();
    let outcome: Pick<Play, 'received'> | Pick<Play, 'error'>;
    try {
      outcome = { received: await run(fetch, (seen) => (exchange = seen)) };
    } catch (thrown) {
      outcome = { error: parseThrown(thrown) };
    }
    return { hops, exchange, ...outcome, ...(connection && { connection }), sentAtMs, receivedAtMs: now() };
  }

  const signal = new AbortController().signal;
  const about = { reason: 'initial', attempt: 1, signal } as const;

  return {
    register,
    refresh,
    permissions,
    tenantId,
    pageOrigin,
    isCrossOrigin: !hasOwnOrigin(register),
    sentHeaders: session.map(([name]) => name.toLowerCase()).filter((name) => name !== 'cookie'),
    hasCookie: session.some(([name]) => name.toLowerCase() === 'cookie'),
    hasSession: session.length > 0,
    askTenant: ({ isRegistered = false, hasSession = true, body }) =>
      play((fetch, onExchange) => {
        const budget = createSendBudget(now);
        const resolved = resolve(fetch, hasSession, body);
        return requestTenant(resolved, { ...about, tenantId, budget, isRegistered, onExchange });
      }),
    askPermissions: (bearer) =>
      play(async (fetch, onExchange) => {
        const withoutBearer: typeof fetch = (url, init) => {
          const headers = new Headers(init?.headers);
          headers.delete('authorization');
          return fetch(url, { ...init, headers });
        };
        const resolved = resolve(bearer === null ? withoutBearer : fetch, true);
        return { body: await requestPermissions(resolved, { ...about, tenantId, onExchange }, bearer ?? '') };
      }),
    ask: (url, init, hasSession = true) =>
      play((fetch, onExchange) => {
        const { requestTimeoutMs } = resolve(fetch, hasSession);
        return withDeadline(requestTimeoutMs, signal, async (deadline) => {
          const headers = new Headers(hasSession ? session : []);
          new Headers(init.headers).forEach((value, name) => headers.set(name, value));
          const response = await fetch(url, { redirect: 'manual', ...init, headers, signal: deadline });
          const method = init.method ?? 'GET';
          return await readResponse(response, false, (text) => onExchange({ method, url, response, text }));
        });
      }),
  };
}

/** Node's word for why a connection failed, deep in the causes. */
function readConnectionFault(thrown: unknown): string | undefined {
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    const { code, errors } = cause as { code?: unknown; errors?: unknown };
    if (typeof code === 'string') return code;
    // One for each address of a host.
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
    if (first instanceof Error && typeof (first as { code?: unknown }).code === 'string')
      return (first as unknown as { code: string }).code;
  }
  return undefined;
}

/** Answers that lead elsewhere. */
export function getRedirects({ hops }: Play): readonly (Hop & { readonly to: URL | undefined })[] {
  return hops
    .filter(({ response }) => [301, 302, 303, 307, 308].includes(response.status))
    .map((hop) => {
      const location = hop.response.headers.get('location');
      return {
        ...hop,
        to: location !== null && URL.canParse(location, hop.url) ? new URL(location, hop.url) : undefined,
      };
    });
}

/** The answer that was judged in the end. */
export function getLast({ hops }: Play): Response | undefined {
  return hops.at(-1)?.response;
}
