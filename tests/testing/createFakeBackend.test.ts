import { type BackendErrorCode, createFakeBackend, type FakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resolvePermissions } from '../../src/core/permissions';
import { parseAnswer, type TenantAnswer } from '../../src/core/answer';

const START = Date.UTC(2030, 0, 1);

/** Everything a test runner can fake is faked and never run: what settles here settles on microtasks alone. */
beforeEach(() => {
  vi.useFakeTimers({
    now: START,
    toFake: [
      'setTimeout',
      'setInterval',
      'setImmediate',
      'queueMicrotask',
      'requestAnimationFrame',
      'Date',
      'performance',
    ],
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function post(backend: FakeBackend, body: unknown = {}, init: RequestInit = {}): Promise<Response> {
  const { endpoint, fetch } = backend.providerProps;
  return fetch(endpoint, { method: 'POST', body: JSON.stringify(body), ...init });
}

async function answer(backend: FakeBackend, body?: unknown): Promise<TenantAnswer> {
  return parseAnswer(await (await post(backend, body)).json());
}

describe('a good answer', () => {
  it('has the shape of the real backend and echoes the tenant that was asked for', async () => {
    const backend = createFakeBackend({ lifetimeMs: 60_000, permissions: { addChart: true } });
    const response = await post(backend, { tenantId: 7 });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(await response.json()).toEqual({
      tenantId: '7',
      token: backend.getTenant()?.token,
      expiresAt: new Date(START + 60_000).toISOString(),
      expiresIn: 60,
      serverTime: new Date(START).toISOString(),
      permissions: expect.objectContaining({ addChart: true, drillDown: false, readOnly: false }) as unknown,
    });
  });

  it('names a default tenant where none was asked for, and reads form bodies', async () => {
    const backend = createFakeBackend({ tenantId: 'only-one' });
    expect((await answer(backend)).tenantId).toBe('only-one');
    await post(backend, undefined, { body: new URLSearchParams({ tenantId: 'form' }) });
    expect(backend.getTenant()?.id).toBe('form');
  });

  it('writes the name of the tenant into the token', async () => {
    const { token } = await answer(createFakeBackend({ tenantName: (id) => `Org ${id}` }), { tenantId: 'a' });
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).toContain('"displayName":"Org a"');
  });

  it('brings a new token each time, by the true time of the backend', async () => {
    const backend = createFakeBackend();
    const first = await answer(backend);
    backend.clock.set(-86_400_000);
    backend.clock.advance(5_000);
    const second = await answer(backend);
    expect(second.token).not.toBe(first.token);
    expect((second.claims?.issuedAtMs ?? 0) - (first.claims?.issuedAtMs ?? 0)).toBe(5_000);
  });

  it('carries the permissions that were set last', async () => {
    const backend = createFakeBackend({ permissions: { addChart: true } });
    backend.setPermissions({ drillDown: true });
    expect((await answer(backend)).permissions).toMatchObject({ addChart: false, drillDown: true });
  });

  it('comes through a fetch that is marked, so that nobody explains ordered failures to a developer', () => {
    const { fetch } = createFakeBackend().providerProps;
    expect(Reflect.get(fetch, Symbol.for('react-upsolve-tenant.silent'))).toBe(true);
  });

  it('needs no Response, no crypto and no TextEncoder of the platform', async () => {
    for (const name of ['Response', 'Request', 'crypto', 'TextEncoder']) vi.stubGlobal(name, undefined);
    expect((await answer(createFakeBackend())).token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it('takes its time where latency is wanted', async () => {
    const backend = createFakeBackend({ latencyMs: 400 });
    const settled = vi.fn();
    void post(backend).then(settled);
    await vi.advanceTimersByTimeAsync(399);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveBeenCalledOnce();
  });
});

describe('the list of requests', () => {
  it('tells what was asked, and no secret', async () => {
    const backend = createFakeBackend({ permissionsFrom: 'endpoint' });
    const { fetch, permissionsEndpoint = '' } = backend.providerProps;
    const { token } = await answer(backend, { tenantId: 'a' });
    await fetch(`${permissionsEndpoint}?secret=1`, { headers: { Authorization: `Bearer ${token}` } });
    expect(backend.requests).toEqual([
      {
        request: 'tenant',
        method: 'POST',
        url: 'https://backend.test/upsolve/tenant/register',
        tenantId: 'a',
        at: new Date(START),
        hasBearer: false,
      },
      {
        request: 'permissions',
        method: 'GET',
        url: 'https://backend.test/upsolve/permissions/tenant-settings/',
        at: new Date(START),
        hasBearer: true,
      },
    ]);
    expect(JSON.stringify(backend.requests)).not.toContain(token);
  });

  it('has a request as soon as it is asked', () => {
    const backend = createFakeBackend();
    void post(backend);
    expect(backend.requests).toHaveLength(1);
  });

  it('reads a Request, as some fetch libraries send', async () => {
    vi.useRealTimers();
    const backend = createFakeBackend();
    const { endpoint, fetch } = backend.providerProps;
    await fetch(new Request(endpoint, { method: 'POST', body: JSON.stringify({ tenantId: 'a' }) }));
    expect(backend.requests).toMatchObject([{ request: 'tenant', tenantId: 'a' }]);
  });
});

describe('permissions from an endpoint of their own', () => {
  it('are left out of the tenant, and told to the bearer of a living token', async () => {
    const backend = createFakeBackend({ permissionsFrom: 'endpoint', permissions: { addChart: true } });
    const { fetch, permissionsEndpoint = '' } = backend.providerProps;
    const { token, permissions } = await answer(backend);
    expect(permissions).toBeUndefined();
    const ask = async (bearer?: string): Promise<unknown> => {
      const response = await fetch(
        permissionsEndpoint,
        bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } },
      );
      return [response.status, await response.json()];
    };
    expect(await ask(token)).toEqual([200, resolvePermissions({ addChart: true })]);
    expect(await ask()).toMatchObject([401, { code: 'unauthenticated' }]);
    backend.expireNow();
    expect(await ask(token)).toMatchObject([401, { code: 'token_expired', error: 'Token expired' }]);
  });

  it('are ordered apart from tenants', async () => {
    const backend = createFakeBackend({ permissionsFrom: 'endpoint' });
    backend.respondWith('forbidden', { request: 'permissions' });
    expect((await post(backend)).status).toBe(200);
    expect((await backend.providerProps.fetch(backend.providerProps.permissionsEndpoint ?? '')).status).toBe(403);
  });
});

describe('respondWith', () => {
  it.each<[BackendErrorCode, number]>([
    ['server', 500],
    ['rate_limited', 429],
    ['invalid_api_key', 401],
    ['unauthenticated', 401],
    ['token_expired', 401],
    ['forbidden', 403],
    ['origin_not_allowed', 403],
    ['tenant_mismatch', 409],
    ['invalid_tenant_configuration', 422],
    ['not_found', 404],
  ])('answers %s with its status, its text and its code', async (code, status) => {
    const backend = createFakeBackend();
    backend.respondWith(code);
    const response = await post(backend);
    expect([response.status, await response.json()]).toEqual([status, { error: expect.any(String) as unknown, code }]);
  });

  it('counts, queues up in turn, and then answers well again', async () => {
    const backend = createFakeBackend();
    backend.respondWith(503, { times: 2 });
    backend.respondWith('forbidden', { times: 1 });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await post(backend)).status);
    expect(statuses).toEqual([503, 503, 403, 200]);
  });

  it('holds without a count until something else is ordered', async () => {
    const backend = createFakeBackend();
    backend.respondWith(503);
    expect([(await post(backend)).status, (await post(backend)).status]).toEqual([503, 503]);
    backend.respondWith(200);
    expect((await post(backend)).status).toBe(200);
  });

  it('rejects as fetch does without a network', async () => {
    const backend = createFakeBackend();
    backend.respondWith('network');
    await expect(post(backend)).rejects.toBeInstanceOf(TypeError);
  });

  it('says how long to wait', async () => {
    const backend = createFakeBackend();
    backend.respondWith('rate_limited', { retryAfterMs: 2_500, times: 1 });
    backend.respondWith(503, { retryAfterMs: 9_000, times: 1 });
    expect((await post(backend)).headers.get('retry-after')).toBe('3');
    expect((await post(backend)).headers.get('retry-after')).toBe('9');
  });

  it('gives the newest token once more, with the permissions of now', async () => {
    const backend = createFakeBackend();
    const first = await answer(backend);
    backend.setPermissions({ editCharts: true });
    backend.respondWith('token_not_renewed');
    expect(await answer(backend)).toMatchObject({ token: first.token, permissions: { editCharts: true } });
  });

  it('gives tokens that are dead on arrival and yet no older than the one before', async () => {
    const backend = createFakeBackend();
    const { claims } = await answer(backend);
    backend.respondWith('token_expired_on_arrival');
    const dead = await answer(backend);
    expect(dead).toMatchObject({ expiresInMs: 0, expiresAtMs: dead.serverTimeMs });
    expect(dead.claims?.issuedAtMs).toBe(claims?.issuedAtMs);
  });

  it('gives a Response as often as it is asked for, and a page for what is no JSON', async () => {
    vi.useRealTimers();
    const backend = createFakeBackend();
    backend.respondWith(Response.json({ token: 'x'.repeat(16) }), { times: 2 });
    backend.respondWith('invalid_response');
    expect([await (await post(backend)).json(), await (await post(backend)).json()]).toEqual(
      Array(2).fill({ token: 'x'.repeat(16) }),
    );
    expect(await (await post(backend)).text()).toMatch(/^<!doctype html>/);
  });

  it('redirects to a page to sign in, by 3xx', async () => {
    const backend = createFakeBackend();
    backend.respondWith(302);
    expect((await post(backend, {}, { redirect: 'manual' })).status).toBe(302);
    expect((await post(backend, {}, { redirect: 'follow' })).headers.get('content-type')).toBe('text/html');
  });

  it('refuses codes that no backend can cause', () => {
    // @ts-expect-error -- it comes about in the page
    createFakeBackend().respondWith('aborted', { times: 0 });
    // @ts-expect-error -- it comes about in the page
    createFakeBackend().respondWith('invalid_options', { times: 0 });
  });
});

describe('hang and release', () => {
  it('keeps requests open, and answers them with what is ordered by then', async () => {
    const backend = createFakeBackend();
    backend.hang();
    const open = [post(backend), post(backend)];
    const settled = vi.fn();
    void Promise.race(open).then(settled);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(settled).not.toHaveBeenCalled();
    backend.respondWith(503, { times: 1 });
    backend.release();
    expect((await Promise.all(open)).map(({ status }) => status)).toEqual([503, 200]);
    expect((await post(backend)).status).toBe(200);
  });

  it('lets an abort through, unless it is ignored', async () => {
    const backend = createFakeBackend();
    backend.hang();
    const controller = new AbortController();
    const open = post(backend, {}, { signal: controller.signal });
    controller.abort(new Error('gone'));
    await expect(open).rejects.toThrow('gone');

    backend.hang({ ignoreAbort: true });
    const other = new AbortController();
    const wedged = post(backend, {}, { signal: other.signal });
    const settled = vi.fn();
    void wedged.then(settled, settled);
    other.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).not.toHaveBeenCalled();
    backend.release();
    expect((await wedged).status).toBe(200);
  });

  it('refuses a request that was aborted before', async () => {
    await expect(post(createFakeBackend(), {}, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
      'before',
    );
  });

  it('is what a timeout looks like from the page', async () => {
    const backend = createFakeBackend();
    backend.respondWith('timeout', { times: 1 });
    const controller = new AbortController();
    const open = post(backend, {}, { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(60_000);
    controller.abort(new Error('given up'));
    await expect(open).rejects.toThrow('given up');
  });
});

describe('expireNow', () => {
  it('moves the clock just past the end of the newest token, and wakes the page', async () => {
    const backend = createFakeBackend({ lifetimeMs: 60_000 });
    await answer(backend);
    const woken = vi.fn();
    document.addEventListener('resume', woken, { once: true });
    backend.expireNow();
    expect(backend.clock.now()).toBe(START + 60_001);
    await Promise.resolve();
    expect(woken).toHaveBeenCalledOnce();
    backend.expireNow();
    expect(backend.clock.now()).toBe(START + 60_001);
  });
});
