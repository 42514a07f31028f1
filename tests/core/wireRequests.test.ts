import { describe, expect, it } from 'vitest';
import { UpsolveTenantError } from '../../src/core/errors';
import { resolveOptions, type TenantRequestContext } from '../../src/core/options';
import { requestPermissions } from '../../src/core/request';
import { answerJson, answerPage, ask, askInVain, useWireServer } from './wireServer';

const wire = useWireServer();
const API_KEY = ['up', 'embed', 'x'.repeat(8)].join('_');
const ADMIN_KEY = ['up', 'admin', 'x'.repeat(8)].join('_');

function createCycle(): object {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  return cycle;
}

function createTrap(): object {
  return Object.defineProperty({}, 'trap', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
}

describe('a request for a tenant', () => {
  it('is a POST of {tenantId} as JSON that asks for JSON', async () => {
    await ask({ endpoint: `${wire.origin}/register` });
    expect(wire.requests).toMatchObject([
      {
        method: 'POST',
        path: '/register',
        body: '{"tenantId":"acme"}',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
      },
    ]);
  });

  it('is a POST of {} in an app with one tenant', async () => {
    await ask({ endpoint: wire.origin }, { tenantId: undefined });
    expect(wire.requests[0]!.body).toBe('{}');
  });

  it('goes to endpoint first and to refreshEndpoint later, which is endpoint by default', async () => {
    const { origin } = wire;
    const options = { endpoint: `${origin}/register`, refreshEndpoint: new URL('/refresh', origin) };
    await ask(options);
    await ask(options, {}, true);
    await ask({ endpoint: `${origin}/register` }, {}, true);
    expect(wire.requests.map(({ path }) => path)).toEqual(['/register', '/refresh', '/register']);
  });

  it('is resolved against the page, query and all', async () => {
    await ask({ endpoint: 'tenant?x=1', baseUrl: `${wire.origin}/app/page` });
    expect(wire.requests[0]!.path).toBe('/app/tenant?x=1');
  });

  it.each([
    ['an object', { a: 1 }, '{"a":1}', 'application/json'],
    ['an array', [1], '[1]', 'application/json'],
    ['text', 'a=1', '"a=1"', 'application/json'],
    ['sorted keys', { b: { d: 1, c: 2 }, a: 1 }, '{"a":1,"b":{"c":2,"d":1}}', 'application/json'],
    ['a function of it', () => ({ a: 2 }), '{"a":2}', 'application/json'],
    ['an async function of it', async () => [2], '[2]', 'application/json'],
    ['null, text and truth', { a: null, b: 'x', c: true }, '{"a":null,"b":"x","c":true}', 'application/json'],
  ])('sends %s as JSON', async (_what, body, text, contentType) => {
    await ask({ endpoint: wire.origin, body: body });
    expect(wire.requests[0]).toMatchObject({ body: text, headers: { 'content-type': contentType } });
  });

  it.each([
    ['FormData', new FormData(), 'FormData'],
    ['URLSearchParams', new URLSearchParams({ a: '1' }), 'URLSearchParams'],
    ['a Blob', new Blob(['1']), 'Blob'],
    ['a Map', new Map([['a', 1]]), 'Map'],
    ['a Set inside', { a: [new Set([1])] }, 'Set'],
    ['NaN', { team: Number.NaN }, 'NaN'],
    ['an endless number', [Number.POSITIVE_INFINITY], 'Infinity'],
    ['an invalid Date', { at: new Date(Number.NaN) }, 'an invalid Date'],
    ['a bigint', { n: 1n }, 'bigint'],
    ['undefined in a list', [undefined], 'undefined'],
    ['bytes', new Uint8Array([1]), 'Uint8Array'],
    ['a cycle', createCycle(), 'a cycle'],
    ['a getter that throws', createTrap(), 'a value that throws'],
  ])('refuses by name a body with %s, given or from a function', async (_what, body, name) => {
    for (const given of [body, () => body])
      expect(await askInVain({ endpoint: wire.origin, body: given })).toMatchObject({
        code: 'invalid_options',
        message: `invalid_options: body holds ${name}, which JSON can't carry`,
      });
    expect(wire.requests).toEqual([]);
  });

  it('leaves Accept and Content-Type to the app where it names them', async () => {
    const headers = { accept: 'application/vnd.app+json', 'content-type': 'application/vnd.app+json' };
    await ask({ endpoint: wire.origin, headers });
    expect(wire.requests[0]!.headers).toMatchObject(headers);
  });

  it.each([
    ['a record', { 'x-app': '1' }],
    ['Headers', new Headers({ 'x-app': '1' })],
    ['pairs', [['x-app', '1']]],
    ['a function', () => ({ 'x-app': '1' })],
    ['an async function', async () => new Headers({ 'x-app': '1' })],
  ])('sends headers given as %s', async (_as, headers) => {
    await ask({ endpoint: wire.origin, headers: headers as never });
    expect(wire.requests[0]!.headers['x-app']).toBe('1');
  });

  it('tells functions what it is for', async () => {
    const told: TenantRequestContext[] = [];
    const note = (context: TenantRequestContext): object => {
      told.push(context);
      return {};
    };
    await ask({ endpoint: wire.origin, headers: note as never, body: note }, { reason: 'wake', attempt: 3 });
    expect(told.length).toBe(2);
    for (const context of told) {
      expect(context).toMatchObject({ request: 'tenant', reason: 'wake', attempt: 3, tenantId: 'acme' });
      expect(context.signal).toBeInstanceOf(AbortSignal);
      expect(context).not.toHaveProperty('lastStatus');
    }
  });

  it('is made with the credentials that were asked for, without a cache, and not beyond a redirect', async () => {
    const made: RequestInit[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      made.push(init!);
      return globalThis.fetch(url, init);
    };
    await ask({ endpoint: wire.origin, fetch });
    await ask({ endpoint: wire.origin, fetch, credentials: 'include' });
    expect(made[0]).toMatchObject({ credentials: 'same-origin', cache: 'no-store', redirect: 'manual' });
    expect(made[0]!.signal).toBeInstanceOf(AbortSignal);
    expect(made[1]!.credentials).toBe('include');
  });

  it('sends nothing where headers() returns null: nobody is signed in', async () => {
    const error = await askInVain({ endpoint: wire.origin, headers: () => null });
    expect(error).toMatchObject({ code: 'unauthenticated', retryable: false });
    expect(wire.requests).toEqual([]);
  });

  it.each([
    ['headers', () => Promise.reject(Object.assign(new Error('no'), { status: 503 })), 'server'],
    ['body', () => Promise.reject(new Error('no')), 'network'],
    ['headers', () => Promise.reject(new UpsolveTenantError('forbidden')), 'forbidden'],
  ])('sends nothing where %s() throws, which is judged as a failure', async (option, thrower, code) => {
    expect((await askInVain({ endpoint: wire.origin, [option]: thrower })).code).toBe(code);
    expect(wire.requests).toEqual([]);
  });

  it.each([
    ['headers that are none', { headers: { 'no header': '1' } }, 'invalid_options'],
    ['a header that HTTP cannot send', { headers: { 'x-app': 'line\nbreak' } }, 'invalid_options'],
    ['a body that is a function of a function', { body: () => () => 1 }, 'invalid_options'],
    [
      'a body that refers to itself',
      {
        body: Object.assign([] as unknown[], {
          toJSON: () => {
            throw new Error();
          },
        }),
      },
      'invalid_options',
    ],
    ['plain http to another machine', { endpoint: 'http://app.example/' }, 'insecure_endpoint'],
    ['another protocol', { endpoint: 'ftp://app.example/' }, 'insecure_endpoint'],
    [
      'a protocol-relative URL from an http page',
      { endpoint: '//app.example/', baseUrl: 'http://page.example/' },
      'insecure_endpoint',
    ],
    ['credentials in the URL', { endpoint: 'https://ann:secret@app.example/' }, 'invalid_options'],
    ['a user in the URL', { endpoint: 'https://ann@app.example/' }, 'invalid_options'],
    ['an API key in the URL', { endpoint: `https://app.example/?key=${API_KEY}` }, 'api_key_in_browser'],
    ['an API key in the refresh URL', { refreshEndpoint: `https://app.example/${ADMIN_KEY}` }, 'api_key_in_browser'],
    ['an API key in the permissions URL', { permissionsEndpoint: `/p/${ADMIN_KEY}` }, 'api_key_in_browser'],
    ['an API key in a header', { headers: { 'x-key': API_KEY } }, 'api_key_in_browser'],
    [
      'an API key in a header of a function',
      { headers: () => ({ authorization: `Bearer ${ADMIN_KEY}` }) },
      'api_key_in_browser',
    ],
    ['an API key behind a line break of a body', { body: { note: `key:\n${API_KEY}` } }, 'api_key_in_browser'],
    ['an API key as a name in a body', { body: { [API_KEY]: 1 } }, 'api_key_in_browser'],
    [
      'an encoded API key beside a lone per cent sign',
      { headers: { 'x-a': `100% ${API_KEY.replaceAll('_', '%5F')}` } },
      'api_key_in_browser',
    ],
    ['an API key deep in a body', { body: { a: [{ b: API_KEY }] } }, 'api_key_in_browser'],
    ['an API key in a body of a function', { body: async () => ({ key: ADMIN_KEY }) }, 'api_key_in_browser'],
    ['an API key in text', { body: `key=${API_KEY}` }, 'api_key_in_browser'],
    ['an API key in JSON text', { body: JSON.stringify({ key: API_KEY }) }, 'api_key_in_browser'],
    ['an apiKey field', { body: { apiKey: 'anything' } }, 'api_key_in_browser'],
    ['an empty apiKey field deep in a body', { body: { a: [{ apiKey: null }] } }, 'api_key_in_browser'],
  ])('sends nothing with %s', async (_what, options, code) => {
    const error = await askInVain({ endpoint: wire.origin, ...options });
    expect(error).toMatchObject({ code, retryable: false });
    expect(JSON.stringify(error) + String(error.stack)).not.toContain('x'.repeat(8));
    expect(wire.requests).toEqual([]);
  });

  it.each([
    ['signup', 'embed', 'page'].join('_'),
    ['signup', 'embed', 'landingpage'].join('_'),
    ['up', 'embed', 'x'.repeat(7)].join('_'),
    ['backup', 'admin', 'database01'].join('_'),
  ])('sends the innocent name %s, which only looks like a key', async (name) => {
    await ask({ endpoint: `${wire.origin}/${name}`, headers: { 'x-page': name }, body: { page: name, [name]: 1 } });
    expect(wire.requests.length).toBe(1);
  });

  it('judges no header by its name', async () => {
    await ask({ endpoint: wire.origin, headers: { apiKey: '1', [['x-up', 'embed', 'version'].join('_')]: '1' } });
    expect(wire.requests.length).toBe(1);
  });
});

describe('an endpoint function', () => {
  const asking =
    (run: (context: TenantRequestContext) => unknown) =>
    async (context?: Partial<TenantRequestContext>): Promise<unknown> =>
      (await ask({ endpoint: run }, context)).body;

  it('may return JSON, at once or later, and is told what it is for', async () => {
    const told: TenantRequestContext[] = [];
    expect(await asking((context) => (told.push(context), { a: 1 }))()).toEqual({ a: 1 });
    expect(await asking(async () => ({ a: 2 }))()).toEqual({ a: 2 });
    expect(told).toMatchObject([{ request: 'tenant', reason: 'initial', attempt: 1, tenantId: 'acme' }]);
  });

  it('may return a Response, judged as the answer of an endpoint', async () => {
    wire.answer = answerJson({ token: 1 });
    expect(await asking(() => fetch(wire.origin))()).toEqual({ token: 1 });
    wire.answer = answerJson({}, 429, { 'retry-after': '9' });
    const error = await askInVain({ endpoint: () => fetch(wire.origin) });
    expect(error).toMatchObject({ code: 'rate_limited', status: 429, retryAfterMs: 9_000 });
    wire.answer = answerPage();
    expect((await askInVain({ endpoint: () => fetch(wire.origin) })).code).toBe('invalid_response');
  });

  it.each([
    [
      'our error, as it is',
      new UpsolveTenantError('rate_limited', { retryAfterMs: 5, status: 420 }),
      { code: 'rate_limited', retryAfterMs: 5, status: 420 },
    ],
    ['{status}', { status: 404 }, { code: 'not_found', status: 404 }],
    ['{response: {status}}', { response: { status: 503 } }, { code: 'server', status: 503 }],
    ['{status} before {response}', { status: 403, response: { status: 500 } }, { code: 'forbidden' }],
    ['{response: {data}}', { response: { status: 400, data: { error: 'Token expired' } } }, { code: 'token_expired' }],
    ['a status that is none', { status: '404' }, { code: 'network' }],
    ['418', { status: 418 }, { code: 'invalid_response', retryable: false }],
    ['an Error', new Error('offline'), { code: 'network', cause: { name: 'Error', message: 'offline' } }],
    ['text', 'offline', { code: 'network', cause: { name: 'string', message: '' } }],
    ['{statusCode}', { statusCode: 403 }, { code: 'forbidden', status: 403 }],
    ['{statusCode: 401}, in both rounds', { statusCode: 401 }, { code: 'unauthenticated', retryable: false }],
    ['{cause: {status}}', new Error('x', { cause: { status: 403 } }), { code: 'forbidden', status: 403 }],
    ['{cause: {response}}', { cause: { response: { status: 404 } } }, { code: 'not_found', status: 404 }],
    ['a status below 300', { status: 200 }, { code: 'network' }],
    ['undefined', undefined, { code: 'network' }],
    ['null', null, { code: 'network' }],
  ])('may throw %s', async (_what, thrown, expected) => {
    const rejecting = await askInVain({ endpoint: () => Promise.reject(thrown) });
    const throwing = await askInVain({
      endpoint: () => {
        // Somebody else's code may throw anything.
        throw thrown as Error;
      },
    });
    expect(rejecting).toMatchObject(expected);
    expect(throwing).toMatchObject(expected);
  });

  it('is asked once more after a 401, and told of it', async () => {
    const told: (number | undefined)[] = [];
    const run = ({ lastStatus }: TenantRequestContext): unknown => {
      told.push(lastStatus);
      if (lastStatus === undefined) throw Object.assign(new Error('stale'), { status: 401 });
      return { fresh: true };
    };
    expect(await asking(run)()).toEqual({ fresh: true });
    expect(told).toEqual([undefined, 401]);
  });
});

describe('a session that is to be renewed after a 401', () => {
  const renewing = (second: unknown) => ({
    endpoint: ({ lastStatus }: TenantRequestContext): unknown => {
      if (lastStatus === undefined) throw Object.assign(new Error('stale'), { status: 401 });
      throw second;
    },
  });

  it.each([
    ['login_required', Object.assign(new Error('no'), { error: 'login_required' }), 'unauthenticated'],
    ['text', 'signed out', 'unauthenticated'],
    ['a status that stops', { status: 400 }, 'unauthenticated'],
    ['undefined', undefined, 'unauthenticated'],
    ['a status that may be retried', { status: 503 }, 'server'],
    ['a TypeError', new TypeError('Failed to fetch'), 'network'],
    ['an abort', new DOMException('gone', 'AbortError'), 'network'],
    ['a timeout', new DOMException('late', 'TimeoutError'), 'network'],
    ['our own error', new UpsolveTenantError('forbidden'), 'forbidden'],
  ])('is lost where renewing throws, and only then: %s', async (_what, second, code) => {
    expect((await askInVain(renewing(second))).code).toBe(code);
  });
});

describe('functions of the app', () => {
  it('are called bare, as a native fetch must be', async () => {
    wire.answer = answerJson({});
    const seen: unknown[] = [];
    function note(this: unknown): object {
      seen.push(this);
      return {};
    }
    await ask({
      endpoint: wire.origin,
      headers: note as never,
      body: note,
      fetch(this: unknown, ...request) {
        seen.push(this);
        return globalThis.fetch(...request);
      },
    });
    await ask({ endpoint: note });
    expect(seen).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('a request for permissions', () => {
  it('is a GET with the token as Bearer and the headers of the app', async () => {
    wire.answer = answerJson({ permissions: {} });
    const options = resolveOptions({
      endpoint: wire.origin,
      permissionsEndpoint: '/permissions/',
      headers: { authorization: 'of the app', 'x-app': '1' },
    });
    const request = { reason: 'initial', attempt: 1, tenantId: 'acme', signal: new AbortController().signal } as const;
    const body = await requestPermissions(options, request, 'y'.repeat(20));
    expect(body).toEqual({ permissions: {} });
    expect(wire.requests).toMatchObject([
      {
        method: 'GET',
        path: '/permissions/',
        body: '',
        headers: { authorization: `Bearer ${'y'.repeat(20)}`, 'x-app': '1', accept: 'application/json' },
      },
    ]);
  });
});

describe('what is refused before anything is sent', () => {
  it('says that headers are none', async () => {
    await expect(ask({ endpoint: wire.origin, headers: { 'a b': '1' } })).rejects.toMatchObject({
      code: 'invalid_options',
      message: 'invalid_options: headers are no HTTP headers',
    });
    expect(wire.requests).toEqual([]);
  });

  it('says of what was given up that it is aborted', async () => {
    await expect(ask({ endpoint: wire.origin }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(wire.requests).toEqual([]);
  });
});
