import { expect, test } from 'vitest';
import { createMemoryStore, type UpsolveTenantHandlerOptions } from 'react-upsolve-tenant/server';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { sampleEncryptionKey } from './fixtures/sampleKeys';

/** As Next throws them: an error that its `digest` tells from others. */
const createSignal = (digest: string): Error => Object.assign(new Error(digest), { digest });

const DIGESTS = [
  'NEXT_REDIRECT;replace;/login;307;',
  'NEXT_HTTP_ERROR_FALLBACK;404',
  'DYNAMIC_SERVER_USAGE',
  'HANGING_PROMISE_REJECTION',
];

/** Each is caught at once: one that fails while another is waited for would be caught by nobody. */
const catchAll = (asked: readonly Promise<unknown>[]): Promise<unknown[]> =>
  Promise.all(asked.map((answer) => answer.catch((thrown: unknown) => thrown)));

type Options = Partial<UpsolveTenantHandlerOptions>;

const WAYS: Record<string, (fail: () => Promise<never>) => Options> = {
  fetch: (fail) => ({ fetch: fail }),
  issueToken: (fail) => ({ issueToken: fail }),
  onPermissionsChange: (fail) => ({ onPermissionsChange: fail }),
  'reading the store': (fail) => ({ store: { ...createMemoryStore(), get: fail } }),
  'reading the last permissions': (fail) => ({
    store: { ...createMemoryStore(), get: async (key) => (key.startsWith('permissions:') ? fail() : undefined) },
    onPermissionsChange: () => undefined,
  }),
  'writing the store': (fail) => ({ store: { ...createMemoryStore(), set: fail } }),
};

const withKeys = (options: Options): Options =>
  options.store ? { ...options, encryptionKeys: [sampleEncryptionKey()] } : options;

test.each(Object.entries(WAYS))('a framework’s signal goes through %s as it is', async (_way, create) => {
  const upsolve = await startFakeUpsolve();
  for (const signal of DIGESTS.map(createSignal)) {
    const options = withKeys(create(() => Promise.reject(signal)));
    const { handler, events } = createTestHandler({ ...options, upsolveUrl: upsolve.url });
    const thrown = await catchAll([handler.tenantFor(acme), handler(pageRequest('/tenant/register'))]);
    expect(new Set(thrown)).toEqual(new Set([signal]));
    // A registration is told of where there was one, and nothing else at all.
    expect(events.filter(({ type }) => type !== 'registration' || upsolve.requests.length === 0)).toEqual([]);
  }
});

test('a framework’s signal goes through identify as it is, on every route', async () => {
  const upsolve = await startFakeUpsolve();
  for (const signal of DIGESTS.map(createSignal)) {
    const failAtOnce = (): never => {
      throw signal;
    };
    for (const fail of [() => Promise.reject(signal), failAtOnce]) {
      const { handler, events } = createTestHandler({ upsolveUrl: upsolve.url, identify: fail });
      const authorization = 'Bearer none-of-ours-at-all';
      const thrown = await catchAll([
        handler(pageRequest('/tenant/register')),
        handler(pageRequest('/tenant/refresh-token')),
        handler(pageRequest('/permissions/tenant-settings/', { method: 'GET', headers: { authorization } })),
      ]);
      expect(new Set(thrown)).toEqual(new Set([signal]));
      expect(events).toEqual([]);
    }
  }
  expect(upsolve.requests).toEqual([]);
});

test('a framework’s signal goes through a permissions route whose store throws it', async () => {
  const upsolve = await startFakeUpsolve();
  const signal = createSignal('HANGING_PROMISE_REJECTION');
  const options = withKeys({ store: { ...createMemoryStore(), get: () => Promise.reject(signal) } });
  const { handler, events } = createTestHandler({ ...options, upsolveUrl: upsolve.url });
  const headers = { authorization: 'Bearer none-of-ours-at-all' };
  const asked = handler(pageRequest('/permissions/tenant-settings/', { method: 'GET', headers }));
  expect(await asked.catch((thrown: unknown) => thrown)).toBe(signal);
  expect(events).toEqual([]);
});

test('a framework’s signal goes through a store that drops what has ended', async () => {
  const upsolve = await startFakeUpsolve();
  upsolve.lifetimeSeconds = 60;
  const startMs = Date.now();
  let nowMs = startMs;
  upsolve.now = () => nowMs;
  const signal = createSignal('HANGING_PROMISE_REJECTION');
  const store = { ...createMemoryStore({ now: () => nowMs }), delete: () => Promise.reject(signal) };
  const { handler, faults } = createTestHandler({ ...withKeys({ store }), upsolveUrl: upsolve.url, now: () => nowMs });
  const refreshAt = (seconds: number): Promise<Response> => {
    nowMs = startMs + seconds * 1_000;
    return handler(pageRequest('/tenant/refresh-token'));
  };
  expect((await refreshAt(0)).status).toBe(200);
  expect((await refreshAt(30)).status).toBe(200);
  expect(await refreshAt(70).catch((thrown: unknown) => thrown)).toBe(signal);
  expect(faults()).toEqual([]);
});

test('what is thrown with a digest that is no text is a fault as any other', async () => {
  const { handler } = createTestHandler({
    upsolveUrl: 'http://127.0.0.1:1',
    identify: () => Promise.reject(Object.assign(new Error('no such table'), { digest: 7 })),
  });
  expect((await handler(pageRequest('/tenant/register'))).status).toBe(500);
});
