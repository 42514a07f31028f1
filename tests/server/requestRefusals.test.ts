import { describe, expect, test } from 'vitest';
import { createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { readAnswer } from './fixtures/client';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';

const APP = 'https://app.example.com';

async function start(options: Parameters<typeof createTestHandler>[0] | object = {}) {
  const upsolve = await startFakeUpsolve();
  return { upsolve, ...createTestHandler({ upsolveUrl: upsolve.url, ...options }) };
}

const post = (headers: Record<string, string>, url = `${APP}/upsolve/tenant/register`): Request =>
  new Request(url, { method: 'POST', headers });

describe('where a request comes from', () => {
  test.each<[string, number, Record<string, string>]>([
    ['a page of the same origin', 200, { 'sec-fetch-site': 'same-origin' }],
    ['the address bar', 200, { 'sec-fetch-site': 'none' }],
    ['another site', 403, { 'sec-fetch-site': 'cross-site' }],
    ['another origin of the same site', 403, { 'sec-fetch-site': 'same-site' }],
    ['another site that names our host', 403, { 'sec-fetch-site': 'cross-site', origin: APP, host: 'app.example.com' }],
    ['no browser', 200, {}],
    ['an old browser, same host', 200, { origin: APP, host: 'app.example.com' }],
    ['an old browser, same host with its default port', 200, { origin: APP, host: 'app.example.com:443' }],
    ['an old browser, other host', 403, { origin: 'https://evil.example', host: 'app.example.com' }],
    ['an old browser, other port', 403, { origin: `${APP}:8443`, host: 'app.example.com' }],
    [
      'an old browser behind a proxy',
      200,
      { origin: APP, host: 'internal:8080', 'x-forwarded-host': 'app.example.com' },
    ],
    [
      'an old browser behind two proxies',
      200,
      { origin: APP, host: 'internal', 'x-forwarded-host': 'app.example.com, edge' },
    ],
    [
      'the internal host itself, behind a proxy',
      403,
      { origin: 'http://internal', host: 'internal', 'x-forwarded-host': 'app.example.com' },
    ],
    ['a webview whose host is ours by chance', 403, { origin: 'capacitor://localhost', host: 'localhost' }],
    ['a sandboxed page', 403, { origin: 'null', host: 'app.example.com' }],
    ['a header that is no origin', 403, { origin: 'nonsense', host: 'app.example.com' }],
  ])('%s is answered %i', async (_who, status, headers) => {
    const { handler, upsolve } = await start();

    // As behind a proxy, the URL says nothing of what the browser asked.
    const response = await handler(post(headers, 'http://internal:8080/upsolve/tenant/register'));

    expect(response.status).toBe(status);
    expect(upsolve.requests).toHaveLength(status === 200 ? 1 : 0);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    if (status === 403) {
      const { code, error } = (await response.json()) as { code: string; error: string };
      expect(code).toBe('origin_not_allowed');
      expect(error).toMatch(/X-Forwarded-Host.*allowedOrigins/);
    }
  });

  test.each([
    'capacitor://localhost',
    'ionic://localhost',
    'tauri://localhost',
    'app://app.example',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
    'safari-web-extension://0E1F5A2C-7B3D-4C55-9A0E-1234567890AB',
    'http://localhost:8100',
  ])('a page of the allowed origin %s may ask', async (origin) => {
    const { handler } = await start({ allowedOrigins: [origin] });
    const response = await handler(post({ origin, 'sec-fetch-site': 'cross-site' }));
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    const other = await handler(post({ origin: 'capacitor://elsewhere', 'sec-fetch-site': 'cross-site' }));
    expect(other.status).toBe(403);
  });

  test('an answer of identify’s own can be read by an allowed origin, and is as it was otherwise', async () => {
    const origin = 'https://dash.example.com';
    const identify = () =>
      new Response('{"login":"/sign-in"}', {
        status: 401,
        headers: [
          ['content-type', 'application/json'],
          ['vary', 'Cookie'],
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
        ],
      });
    const { handler } = await start({ allowedOrigins: [origin], identify });
    const { status, headers, ...answer } = await readAnswer(await handler(post({ origin })));
    expect([status, answer.text]).toEqual([401, '{"login":"/sign-in"}']);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('vary')).toBe('Cookie, Origin');
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);

    const own = await handler(post({ 'sec-fetch-site': 'same-origin' }));
    expect(own.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each([
    ['a redirect', Response.redirect('https://login.example.com/', 302)],
    ['an empty answer', new Response(null, { status: 204 })],
  ])('%s of identify’s own passes to an allowed origin', async (_what, answer) => {
    const origin = 'https://dash.example.com';
    const { handler } = await start({ allowedOrigins: [origin], identify: () => answer });
    const response = await handler(post({ origin }));
    expect(response.status).toBe(answer.status);
    expect(response.headers.get('location')).toBe(answer.headers.get('location'));
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('a page of an allowed origin may ask with credentials and read what it needs', async () => {
    const { handler } = await start({ allowedOrigins: ['https://dash.example.com'] });
    const headers = { origin: 'https://dash.example.com', 'sec-fetch-site': 'same-site' };

    const response = await handler(post(headers));

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://dash.example.com',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'Date, Retry-After',
      vary: 'Origin',
      'cache-control': 'private, no-store',
      date: expect.stringContaining('GMT') as string,
    });
  });

  test('an allowed origin can read its errors too', async () => {
    const { handler } = await start({ allowedOrigins: ['https://dash.example.com'], identify: () => null });

    const response = await handler(post({ origin: 'https://dash.example.com' }));

    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://dash.example.com');
  });

  test('the preflight of an allowed origin is answered, that of another is refused', async () => {
    const { handler } = await start({ allowedOrigins: ['https://dash.example.com'] });
    const preflight = (origin: string): Promise<Response> =>
      handler(
        new Request(`${APP}/upsolve/permissions/tenant-settings/`, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'GET',
            'access-control-request-headers': 'authorization',
            'sec-fetch-site': 'cross-site',
          },
        }),
      );

    const allowed = await preflight('https://dash.example.com');
    expect(allowed.status).toBe(204);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': 'https://dash.example.com',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'authorization',
      'access-control-allow-credentials': 'true',
      vary: 'Origin, Access-Control-Request-Headers',
    });
    const refused = await preflight('https://evil.example');
    expect(refused.status).toBe(403);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    const own = await handler(pageRequest('/tenant/register', { method: 'OPTIONS' }));
    expect(own.status).toBe(204);
    expect([...own.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(own.headers.get('vary')).toBe('Origin');
  });
});

describe('what is asked for', () => {
  test.each<[string, string, number, string | null]>([
    ['POST', '/tenant/register/', 200, null],
    ['POST', '/tenant/refresh-token/', 200, null],
    ['GET', '/tenant/register', 405, 'POST, OPTIONS'],
    ['HEAD', '/tenant/register', 405, 'POST, OPTIONS'],
    ['DELETE', '/permissions/tenant-settings/', 405, 'GET, HEAD, OPTIONS'],
    ['OPTIONS', '/tenant/register', 204, 'POST, OPTIONS'],
    ['POST', '/tenant', 404, null],
    ['POST', '/tenant/register/more', 404, null],
    ['POST', '/toString', 404, null],
    ['POST', '', 404, null],
  ])('%s %s is answered %i', async (method, path, status, allow) => {
    const { handler } = await start();

    const response = await handler(pageRequest(path, { method }));

    expect(response.status).toBe(status);
    expect(response.headers.get('allow')).toBe(allow);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const { body } = await readAnswer(response);
    if (status >= 400 && method !== 'HEAD') expect(body.code).toBe('not_found');
  });

  test('the routes stand below another base path, and below no path at all', async () => {
    for (const basePath of ['/api/analytics/', 'api/analytics', '/', '']) {
      const { handler } = await start({ basePath });
      const prefix = basePath.includes('api') ? '/api/analytics' : '';
      expect((await handler(post({}, `${APP}${prefix}/tenant/register`))).status).toBe(200);
      expect((await handler(post({}, `${APP}/upsolve/tenant/register`))).status).toBe(404);
    }
  });
});

describe('who is asking', () => {
  test('nobody is 401, and the provider reads it as unauthenticated', async () => {
    const { handler, upsolve } = await start({ identify: () => null });
    const answer = await readAnswer(await handler(pageRequest('/tenant/register')));
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(upsolve.requests).toHaveLength(0);
  });

  test('a Response of identify is sent as it is', async () => {
    const own = new Response('see the login page', { status: 418, headers: { 'x-own': 'yes' } });
    const { handler } = await start({ identify: () => own });
    expect(await handler(pageRequest('/tenant/register'))).toBe(own);
  });

  test('an identify that fails is 500, told to onEvent and not to the browser', async () => {
    const { handler, faults } = await start({
      identify: () => Promise.reject(new Error('no column called sesion')),
    });
    const answer = await readAnswer(await handler(pageRequest('/tenant/register')));
    expect(answer).toMatchObject({ status: 500, body: { code: 'server' } });
    expect(answer.text).not.toContain('sesion');
    expect(faults()).toMatchObject([{ source: 'identify', error: { message: 'Error: no column called sesion' } }]);
  });
});
