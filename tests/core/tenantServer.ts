import { createFakeResponse } from '../../src/testing/fakeResponse';
import { createFakeToken } from '../../src/testing/fakeToken';

/** One request as the server got it. */
export interface ServerRequest {
  readonly kind: 'tenant' | 'permissions';
  readonly url: string;
  readonly body: unknown;
  readonly tenantId: string | undefined;
  readonly bearer: string | undefined;
  /** True time. */
  readonly atMs: number;
  readonly init: RequestInit;
}

export type Answer = (request: ServerRequest) => Response | Promise<Response>;

export interface Minted {
  readonly token: string;
  readonly tenantId: string | undefined;
  readonly issuedAtMs: number;
  readonly endsAtMs: number;
}

export interface TenantServerOptions {
  lifetimeMs?: number | undefined;
  /** What the body says beside the token. @default tenantId and serverTime */
  says?: ((minted: Minted, nowMs: number) => Record<string, unknown>) | undefined;
  permissions?: Record<string, boolean> | undefined;
}

/** A backend in memory, on true time, that can be told what to answer next. It settles within microtasks. */
export interface TenantServer {
  readonly fetch: typeof globalThis.fetch;
  readonly requests: ServerRequest[];
  readonly minted: Minted[];
  lifetimeMs: number;
  /** Answers requests for a tenant while nothing is queued. */
  always: Answer;
  /** Answers the next requests for a tenant, one each. */
  next(...answers: Answer[]): void;
  /** Answers every request for permissions. */
  permissions: Answer;
  mint(request: Pick<ServerRequest, 'tenantId'>, issuedAtMs?: number): Minted;
  /** The answer that hands a token out. */
  tell(minted: Minted): Response;
  readonly good: Answer;
  /** How many requests for a tenant came since true time `sinceMs`. */
  count(sinceMs?: number): number;
}

export function createTenantServer(trueNow: () => number, options: TenantServerOptions = {}): TenantServer {
  const { permissions = { drillDown: true } } = options;
  const says = options.says ?? ((minted, nowMs) => ({ tenantId: minted.tenantId, serverTime: nowMs, permissions }));
  const queue: Answer[] = [];
  const server: TenantServer = {
    requests: [],
    minted: [],
    lifetimeMs: options.lifetimeMs ?? 60 * 60_000,
    always: (request) => server.good(request),
    permissions: () => json({ permissions }),
    next: (...answers) => void queue.push(...answers),
    mint({ tenantId }, issuedAtMs = trueNow()) {
      const endsAtMs = issuedAtMs + server.lifetimeMs;
      const token = createFakeToken({ displayName: `Tenant ${tenantId}`, issuedAtMs, expiresAtMs: endsAtMs });
      const minted = { token, tenantId, issuedAtMs, endsAtMs };
      server.minted.push(minted);
      return minted;
    },
    tell: (minted) => json({ token: minted.token, ...says(minted, trueNow()) }),
    good: (request) => server.tell(server.mint(request)),
    count: (sinceMs = Number.NEGATIVE_INFINITY) =>
      server.requests.filter(({ kind, atMs }) => kind === 'tenant' && atMs >= sinceMs).length,
    fetch: async (input, init = {}) => {
      // As fetch itself: nothing goes out for a signal that has aborted.
      if (init.signal?.aborted) throw new DOMException('aborted', 'AbortError');
      const kind = init.method === 'GET' ? 'permissions' : 'tenant';
      const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : init.body;
      const request: ServerRequest = {
        kind,
        url: input as string,
        body,
        tenantId: (body as { tenantId?: string } | undefined)?.tenantId,
        bearer: new Headers(init.headers).get('authorization') ?? undefined,
        atMs: trueNow(),
        init,
      };
      server.requests.push(request);
      const answer = kind === 'permissions' ? server.permissions : (queue.shift() ?? server.always);
      return await answer(request);
    },
  };
  return server;
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return createFakeResponse({ status, headers, text: JSON.stringify(body) });
}

export function page(status = 200): Response {
  return createFakeResponse({ status, headers: { 'content-type': 'text/html' }, text: '<title>Sign in</title>' });
}

export const fails =
  (status: number, body: unknown = { error: 'failed' }, headers: Record<string, string> = {}): Answer =>
  () =>
    json(body, status, headers);

export const unreachable: Answer = () => Promise.reject(new TypeError('Failed to fetch'));

/** Never settles, whatever is aborted. */
export const hangs: Answer = () => new Promise<never>(() => undefined);

/** Holds answers back until they are let go, in any order. */
export function createGate(): { hold: (answer: Answer) => Answer; open: (index?: number) => void; waiting: number } {
  const waiting: (() => void)[] = [];
  return {
    hold: (answer) => (request) =>
      new Promise((resolve, reject) => {
        // The answer is made now and arrives later.
        const made = Promise.resolve(answer(request));
        waiting.push(() => void made.then(resolve, reject));
      }),
    open: (index = 0) => waiting.splice(index, 1)[0]?.(),
    get waiting() {
      return waiting.length;
    },
  };
}
