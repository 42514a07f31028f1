import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { readAnswer } from './fixtures/client';
import { type FakeAnswer, startFakeUpsolve } from './fixtures/fakeUpsolve';

async function ask(answer: FakeAnswer | (() => Promise<FakeAnswer>), options: object = {}) {
  const upsolve = await startFakeUpsolve();
  upsolve.answerWith = typeof answer === 'function' ? answer : () => answer;
  const { handler, events, apiKey } = createTestHandler({ upsolveUrl: upsolve.url, ...options });
  const read = await readAnswer(await handler(pageRequest('/tenant/register')));
  return { ...read, handler, events, apiKey, upsolve };
}

describe('what Upsolve answers, and what the browser is told', () => {
  test.each<[string, FakeAnswer, number, string, string?]>([
    ['an invalid key', { status: 401, body: { error: 'Invalid API key' } }, 401, 'invalid_api_key'],
    ['another 401', { status: 401, body: { error: 'No' } }, 401, 'invalid_api_key'],
    ['a 403', { status: 403, body: { error: 'No' } }, 401, 'invalid_api_key'],
    ['an expired token', { status: 401, body: { error: 'Token expired' } }, 401, 'token_expired'],
    [
      'missing prefilters',
      { status: 400, body: { error: 'Missing required prefilters' } },
      400,
      'invalid_tenant_configuration',
    ],
    ['another 400', { status: 400, body: { error: 'displayName' } }, 400, 'invalid_tenant_configuration'],
    ['a 422', { status: 422, body: { error: 'prefilters' } }, 400, 'invalid_tenant_configuration'],
    ['too many requests', { status: 429, headers: { 'retry-after': '17' }, body: {} }, 429, 'rate_limited', '17'],
    ['a server error', { status: 500, body: { error: 'oops' } }, 502, 'server'],
    ['a gateway’s page', { status: 502, body: '<h1>Bad gateway</h1>' }, 502, 'server'],
    ['a pause', { status: 503, headers: { 'retry-after': '30' }, body: {} }, 503, 'server', '30'],
    ['no such path', { status: 404, body: { error: 'Not found' } }, 502, 'server'],
    ['a firewall’s page', { status: 403, body: '<h1>Blocked</h1>' }, 502, 'invalid_response'],
    ['a page instead of JSON', { status: 200, body: '<h1>Hello</h1>' }, 502, 'invalid_response'],
    ['no body', { status: 204 }, 502, 'invalid_response'],
    ['no token', { status: 200, body: { status: 'success', data: {} } }, 502, 'invalid_response'],
    ['a malformed token', { status: 200, body: { token: 'a.b.c' } }, 502, 'invalid_response'],
    ['a redirect', { status: 307, headers: { location: '/elsewhere' }, body: {} }, 502, 'invalid_response'],
  ])('%s', async (_name, answer, status, code, retryAfter) => {
    const { body, headers, upsolve, ...rest } = await ask(answer);

    expect(rest.status).toBe(status);
    expect(body.code).toBe(code);
    expect(body.error).toEqual(expect.any(String));
    expect(headers.get('retry-after')).toBe(retryAfter ?? null);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(upsolve.requests).toHaveLength(1);
    expect(rest.events).toMatchObject([
      { type: 'registration', code },
      { type: 'request', status, code },
    ]);
  });

  test('the texts that Upsolve documents are passed on', async () => {
    expect((await ask({ status: 401, body: { error: 'Invalid API key' } })).body.error).toBe('Invalid API key');
    expect((await ask({ status: 401, body: { error: 'Token expired' } })).body.error).toBe('Token expired');
    expect((await ask({ status: 400, body: { error: 'Missing required prefilters' } })).body.error).toContain(
      'Missing required prefilters',
    );
  });

  test('an Upsolve that never answers is a timeout, and its request is given up', async () => {
    let aborted = false;
    const upsolveUrl = 'http://127.0.0.1:1';
    const { handler } = createTestHandler({
      upsolveUrl,
      requestTimeoutMs: 20,
      fetch: (_url, init) => {
        init?.signal?.addEventListener('abort', () => (aborted = true));
        return new Promise(() => undefined);
      },
    });
    const { status, body } = await readAnswer(await handler(pageRequest('/tenant/register')));
    expect([status, body.code, aborted]).toEqual([504, 'timeout', true]);
  });

  test('an answer that stops in the middle is a timeout too', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"token":');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const upsolveUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { handler } = createTestHandler({ upsolveUrl, requestTimeoutMs: 100 });
    const { status, body } = await readAnswer(await handler(pageRequest('/tenant/register')));
    server.closeAllConnections();
    server.close();
    expect([status, body.code]).toEqual([504, 'timeout']);
  });

  test('an Upsolve that can’t be reached is 502', async () => {
    const { handler } = createTestHandler({ upsolveUrl: 'http://127.0.0.1:1' });
    const { status, body } = await readAnswer(await handler(pageRequest('/tenant/register')));
    expect([status, body.code]).toEqual([502, 'network']);
  });

  test('a redirect is not followed: the key stays with the host it was meant for', async () => {
    const elsewhere = await startFakeUpsolve();
    const location = `${elsewhere.url}/v1/api/tenant/register-tenant`;
    expect((await ask({ status: 308, headers: { location }, body: {} })).status).toBe(502);
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe('a failure', () => {
  test('of encryption is no longer than its request', async () => {
    const { url: upsolveUrl } = await startFakeUpsolve();
    const { handler, faults } = createTestHandler({ upsolveUrl });
    const failing = vi.spyOn(crypto.subtle, 'digest').mockRejectedValueOnce(new Error('out of memory'));
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(500);
    failing.mockRestore();
    expect(faults()).toMatchObject([{ source: 'handler', error: { message: 'Error: out of memory' } }]);
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(200);
  });

  test('is shared by those who wait, and forgotten by the next request', async () => {
    const upsolve = await startFakeUpsolve();
    upsolve.answerWith = () => ({ status: 500, body: {} });
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });

    const failed = await Promise.all(Array.from({ length: 50 }, () => handler(pageRequest('/tenant/register'))));
    expect(new Set(failed.map(({ status }) => status))).toEqual(new Set([502]));
    expect(upsolve.requests).toHaveLength(1);

    upsolve.answerWith = undefined;
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(200);
  });

  test('of one tenant is not another’s', async () => {
    const upsolve = await startFakeUpsolve();
    upsolve.answerWith = ({ displayName }) => (displayName === 'Broken' ? { status: 500, body: {} } : {});
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const [broken, good] = await Promise.allSettled([
      handler.tenantFor({ ...acme, displayName: 'Broken' }),
      handler.tenantFor(acme),
    ]);
    expect([broken.status, good.status]).toEqual(['rejected', 'fulfilled']);
  });
});
