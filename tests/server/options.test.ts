import { afterEach, describe, expect, test, vi } from 'vitest';
import { createUpsolveTenantHandler } from 'react-upsolve-tenant/server';
import { expectConsole } from '../setup/console';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { sampleApiKey } from './fixtures/sampleKeys';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const create = (options: object): unknown =>
  createUpsolveTenantHandler({
    apiKey: sampleApiKey(),
    identify: () => acme,
    ...options,
  });

describe('options that can’t be used are refused when the handler is made', () => {
  const store = { get: async () => undefined, set: async () => true, delete: async () => true };
  test.each<[string, object, RegExp, string?]>([
    ['no API key', { apiKey: undefined }, /UPSOLVE_API_KEY/],
    ['a blank API key', { apiKey: ' ' }, /UPSOLVE_API_KEY/],
    ['no identify', { identify: undefined }, /identify/],
    ['a store without encryption keys', { store }, /encryptionKeys/],
    ['a store with an empty list of keys', { store, encryptionKeys: [] }, /encryptionKeys/],
    ['a short encryption key', { store, encryptionKeys: ['e'.repeat(31)] }, /32/],
    ['one short key among good ones', { encryptionKeys: ['e'.repeat(32), 'short'] }, /32/],
    ['every origin', { allowedOrigins: ['*'] }, /allowedOrigins/],
    ['the origin of sandboxed pages', { allowedOrigins: ['null'] }, /allowedOrigins/],
    ['an origin with a path', { allowedOrigins: ['https://app.example.com/x'] }, /allowedOrigins/],
    ['a host without a scheme', { allowedOrigins: ['app.example.com'] }, /allowedOrigins/],
    ['a plain http Upsolve', { upsolveUrl: 'http://api.example.com' }, /https/, 'insecure_endpoint'],
    ['a relative Upsolve', { upsolveUrl: '/api' }, /upsolveUrl/],
    ['a reuse that is no time', { reuseMs: Number.NaN }, /reuseMs/],
    ['a timeout below nothing', { upstreamTimeoutMs: -1 }, /upstreamTimeoutMs/],
    ['a timeout no timer can wait for', { storeTimeoutMs: 2 ** 31 }, /storeTimeoutMs/],
    ['a base path with a query', { basePath: '/a?b' }, /basePath/],
  ])('%s', (_name, options, message, code = 'invalid_options') => {
    vi.stubEnv('UPSOLVE_API_KEY', undefined);
    expect(() => create(options)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
  });

  test('a refusal quotes no key', () => {
    const secret = 's'.repeat(20);
    expect(() => create({ store, encryptionKeys: [secret] })).not.toThrow(secret);
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

  test('is asked for in plain words where there is no process at all', () => {
    vi.stubGlobal('process', undefined);
    expect(() => create({ apiKey: undefined })).toThrow(/apiKey is missing/);
    expect(() => create({})).not.toThrow();
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
});
