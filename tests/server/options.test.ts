import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  createUpsolveTenantHandler,
  type TenantHandlerEvent,
  type UpsolveTenantHandler,
} from 'react-upsolve-tenant/server';
import { expectConsole } from '../setup/console';
import { readAnswer } from './fixtures/client';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { sampleApiKey } from './fixtures/sampleKeys';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const create = (options: object): UpsolveTenantHandler =>
  createUpsolveTenantHandler({
    apiKey: sampleApiKey(),
    identify: () => acme,
    ...options,
  });

describe('options that can’t be used are refused when the handler is made', () => {
  test.each<[string, object, RegExp, string?]>([
    ['no identify', { identify: undefined }, /identify/],
    ['every origin', { allowedOrigins: ['*'] }, /allowedOrigins/],
    ['the origin of sandboxed pages', { allowedOrigins: ['null'] }, /allowedOrigins/],
    ['an origin with a path', { allowedOrigins: ['https://app.example.com/x'] }, /allowedOrigins/],
    ['files', { allowedOrigins: ['file://'] }, /allowedOrigins/],
    ['files of a host', { allowedOrigins: ['file://localhost'] }, /allowedOrigins/],
    ['a webview’s origin with a path', { allowedOrigins: ['capacitor://localhost/x'] }, /allowedOrigins/],
    ['a host without a scheme', { allowedOrigins: ['app.example.com'] }, /allowedOrigins/],
    ['a plain http Upsolve', { upsolveUrl: 'http://api.example.com' }, /https/, 'insecure_endpoint'],
    ['a relative Upsolve', { upsolveUrl: '/api' }, /upsolveUrl/],
    ['a reuse that is no time', { reuseMs: Number.NaN }, /reuseMs/],
    ['a timeout below nothing', { requestTimeoutMs: -1 }, /requestTimeoutMs/],
    ['a timeout no timer can wait for', { storeTimeoutMs: 2 ** 31 }, /storeTimeoutMs/],
    ['a base path with a query', { basePath: '/a?b' }, /basePath/],
  ])('%s', (_name, options, message, code = 'invalid_options') => {
    expect(() => create(options)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
  });
});

describe('what a build doesn’t have is missed at the first request, by name', () => {
  const store = { get: async () => undefined, set: async () => true, delete: async () => true };
  const secret = 's'.repeat(20);
  test.each<[string, object, RegExp]>([
    ['no API key', { apiKey: undefined }, /UPSOLVE_API_KEY/],
    ['a blank API key', { apiKey: ' ' }, /UPSOLVE_API_KEY/],
    ['an API key of seven letters, which are in many a text', { apiKey: 'letters' }, /fewer than 8/],
    ['a store without encryption keys', { store }, /encryptionKeys/],
    ['a store with an empty list of keys', { store, encryptionKeys: [] }, /encryptionKeys/],
    ['a store with a key that is not set', { store, encryptionKeys: [undefined] }, /encryptionKeys/],
    ['a short encryption key', { store, encryptionKeys: [secret] }, /32/],
    ['one short key among good ones', { encryptionKeys: ['e'.repeat(32), 'short'] }, /32/],
  ])('%s', async (_name, options, message) => {
    vi.stubEnv('UPSOLVE_API_KEY', undefined);
    const events: TenantHandlerEvent[] = [];
    const handler = create({ ...options, onEvent: (event: TenantHandlerEvent) => void events.push(event) });
    expect(events).toEqual([]);

    const { status, body, text } = await readAnswer(await handler(pageRequest('/tenant/register')));

    expect({ status, code: body.code }).toEqual({ status: 500, code: 'invalid_options' });
    expect(body.error).toMatch(message);
    expect(text).not.toContain(secret);
    const fault = { type: 'fault', source: 'handler', error: expect.objectContaining({ code: 'invalid_options' }) };
    expect(events).toContainEqual(fault);
    await expect(handler.tenantFor(acme)).rejects.toMatchObject({ code: 'invalid_options' });
  });

  test('a visitor who isn’t signed in hears only that', async () => {
    vi.stubEnv('UPSOLVE_API_KEY', undefined);
    const handler = create({ apiKey: undefined, identify: () => null });
    const { status, text } = await readAnswer(await handler(pageRequest('/tenant/register')));
    expect(status).toBe(401);
    expect(text).not.toContain('UPSOLVE_API_KEY');
  });

  test('eight characters are enough of an API key', async () => {
    const { url: upsolveUrl } = await startFakeUpsolve();
    expect((await create({ apiKey: 'k'.repeat(8), upsolveUrl }).tenantFor(acme)).tenantId).toBe('acme');
  });

  test('once it is there, the next request is answered', async () => {
    const upsolve = await startFakeUpsolve();
    vi.stubEnv('UPSOLVE_API_KEY', undefined);
    const handler = create({ apiKey: undefined, upsolveUrl: upsolve.url, onEvent: () => undefined });
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(500);
    vi.stubEnv('UPSOLVE_API_KEY', sampleApiKey());
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(200);
  });

  test('no chance and no clock is asked where the handler is made', () => {
    const refuse = (): never => {
      throw new Error('A build asked for it.');
    };
    vi.stubGlobal('crypto', { getRandomValues: refuse, randomUUID: refuse, subtle: { importKey: refuse } });
    vi.spyOn(Math, 'random').mockImplementation(refuse);
    vi.spyOn(Date, 'now').mockImplementation(refuse);
    expect(() => create({ encryptionKeys: ['e'.repeat(32)] })).not.toThrow();
    expect(() => create({})).not.toThrow();
  });
});

describe('the API key', () => {
  test('comes from the environment where it is not given', async () => {
    const upsolve = await startFakeUpsolve();
    const apiKey = sampleApiKey();
    vi.stubEnv('UPSOLVE_API_KEY', apiKey);
    const handler = createUpsolveTenantHandler({ identify: () => acme, upsolveUrl: upsolve.url });
    await handler.tenantFor(acme);
    expect(upsolve.requests[0]?.apiKey).toBe(apiKey);
  });

  test('is asked for in plain words where there is no process at all', async () => {
    const handler = create({ apiKey: undefined, onEvent: () => undefined });
    vi.stubGlobal('process', undefined);
    await expect(handler.tenantFor(acme)).rejects.toThrow(/apiKey is missing/);
  });
});

describe('issueToken', () => {
  test('stands in for the register call, with our timeout and fetch, and needs no key', async () => {
    vi.stubEnv('UPSOLVE_API_KEY', undefined);
    const upsolve = await startFakeUpsolve();
    const seen: unknown[] = [];
    const token = await upsolve.sign({ displayName: 'x' });
    const answers = [token, { token, expiresIn: 60 }, Response.json({ data: { token } })];
    for (const answer of answers) {
      const handler = createUpsolveTenantHandler({
        identify: () => acme,
        issueToken(identity, context) {
          seen.push(identity, context.signal, context.fetch);
          return answer;
        },
      });
      expect((await handler.tenantFor(acme)).token).toBe(token);
    }
    expect(seen.slice(0, 3)).toEqual([acme, expect.any(AbortSignal), expect.any(Function)]);
    expect(upsolve.requests).toHaveLength(0);
  });

  test('has its tokens kept for exactly one identity, the user included', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      issueToken: ({ displayName }) => upsolve.sign({ displayName }),
    });
    const tokenOf = async (userId: string): Promise<string> => (await handler.tenantFor({ ...acme, userId })).token;
    const ada = await tokenOf('ada');
    expect(await tokenOf('ada')).toBe(ada);
    expect(await tokenOf('bob')).not.toBe(ada);
  });

  test('that fails is an answer of its kind', async () => {
    const upsolve = await startFakeUpsolve();
    for (const [thrown, status] of [
      [new Error('down'), 502],
      [Object.assign(new Error('slow down'), { status: 429 }), 429],
    ] as const) {
      const { handler } = createTestHandler({ upsolveUrl: upsolve.url, issueToken: () => Promise.reject(thrown) });
      expect((await handler(pageRequest('/tenant/register'))).status).toBe(status);
    }
  });
});

describe('onEvent', () => {
  test('hears of every request and registration without a token, name or id', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler, events } = createTestHandler({ upsolveUrl: upsolve.url });
    const { token } = await handler.tenantFor(acme);
    await handler(pageRequest('/tenant/register'));
    await handler(pageRequest('/nowhere'));
    expect(events).toEqual([
      { type: 'registration', durationMs: expect.any(Number) as number },
      { type: 'request', route: 'register', status: 200, durationMs: expect.any(Number) as number },
      { type: 'request', status: 404, code: 'not_found', durationMs: expect.any(Number) as number },
    ]);
    for (const secret of [token, 'acme', 'Acmé', 'ada', upsolve.url])
      expect(JSON.stringify(events)).not.toContain(secret);
  });

  test('that throws changes no answer', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      onEvent: () => {
        throw new Error('no metrics today');
      },
    });
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(200);
  });

  test('is not needed to learn of a fault: without it the console has it', async () => {
    expectConsole('error', /react-upsolve-tenant: identify failed\..*no such table/);
    const handler = createUpsolveTenantHandler({
      apiKey: sampleApiKey(),
      identify: () => Promise.reject(new Error('no such table')),
    });
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(500);
  });

  test('is not needed to learn that Upsolve gave no token, either: in one line, by the code', async () => {
    expectConsole('error', /^react-upsolve-tenant: Upsolve gave no token: network\.$/);
    const handler = createUpsolveTenantHandler({
      apiKey: sampleApiKey(),
      identify: () => acme,
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(502);
  });
});
