import { createMemoryStore, type TenantStore } from 'react-upsolve-tenant/server';
import { expect, test, vi } from 'vitest';
import { acme, createTestHandler, pageRequest, type TestHandler } from './fixtures/createTestHandler';
import { sampleEncryptionKey } from './fixtures/sampleKeys';

const MINUTE = 60_000;

function open(options: { maxBytes?: number; maxEntries?: number }) {
  vi.useFakeTimers({ toFake: ['performance'] });
  const clock = { nowMs: 1_000_000 };
  const store = createMemoryStore({ ...options, now: () => clock.nowMs });
  const told: string[] = [];
  store.onFault?.((thrown) => told.push((thrown as Error).message));
  return {
    store,
    told,
    pass(ms: number) {
      clock.nowMs += ms;
      vi.advanceTimersByTime(ms);
    },
    known: async (keys: readonly string[]) =>
      (await Promise.all(keys.map(async (key) => ((await store.get(key)) === undefined ? [] : [key])))).flat(),
  };
}

const keysOf = (count: number, name = 'key'): string[] => Array.from({ length: count }, (_, n) => `${name}-${n}`);
const value = 'v'.repeat(1_000);

test('memory is bounded in bytes, which count keys, values and what an entry costs', async () => {
  const { store, known } = open({ maxBytes: 100_000 });
  const keys = keysOf(1_000);
  for (const key of keys) await store.set(key, value, MINUTE);
  const held = await known(keys);
  expect(held.length).toBeGreaterThan(70);
  expect(held.length).toBeLessThanOrEqual(100);
  expect(held).toEqual(keys.slice(-held.length));
});

test('what has ended makes room before anything that lives', async () => {
  const { store, known, told, pass } = open({ maxBytes: 100_000 });
  const lasting = keysOf(40, 'lasting');
  for (const key of lasting) await store.set(key, value, 60 * MINUTE);
  for (const key of keysOf(35, 'short')) await store.set(key, value, MINUTE);
  pass(MINUTE + 1);
  for (const key of keysOf(35, 'next')) await store.set(key, value, 60 * MINUTE);
  expect(await known([...lasting, ...keysOf(35, 'next')])).toHaveLength(75);
  expect(told).toEqual([]);
});

test('live entries that had to go are told with their number, once a minute at most', async () => {
  const { store, told, pass } = open({ maxEntries: 10 });
  for (const key of keysOf(13)) await store.set(key, value, 60 * MINUTE);
  expect(told).toEqual([expect.stringContaining('1 live entries')]);
  pass(MINUTE - 1);
  await store.set('a', value, 60 * MINUTE);
  expect(told).toHaveLength(1);
  pass(1);
  await store.set('b', value, 60 * MINUTE);
  expect(told).toEqual([expect.anything(), expect.stringContaining('4 live entries')]);
});

test('an entry larger than all of memory is refused, and costs no other its place', async () => {
  const { store, known } = open({ maxBytes: 10_000 });
  await store.set('key', value, MINUTE);
  expect(await store.set('large', 'v'.repeat(20_000), MINUTE)).toBe(false);
  expect(await known(['key', 'large'])).toEqual(['key']);
});

/** Tokens are signed here, for many are asked for. */
function startHandler(store: TenantStore): TestHandler & { settings(token: string): Promise<number> } {
  let serial = 0;
  const made = createTestHandler({
    upsolveUrl: 'http://127.0.0.1:1',
    store,
    encryptionKeys: [sampleEncryptionKey()],
    identify: (request) => (request.method === 'POST' ? acme : null),
    issueToken: () => ({ token: `opaque-opaque-opaque-${++serial}`, expiresIn: 3_600 }),
  });
  return {
    ...made,
    settings: async (token) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await made.handler(pageRequest('/permissions/tenant-settings/', { method: 'GET', headers }))).status;
    },
  };
}

test('a user who refreshes without end crowds out nobody', async () => {
  const { handler, settings, faults } = startHandler(createMemoryStore({ maxBytes: 100_000 }));
  const others: string[] = [];
  for (let n = 0; n < 15; n++) others.push((await handler.tenantFor({ ...acme, tenantId: `other-${n}` })).token);
  for (let n = 0; n < 300; n++) {
    expect((await handler(pageRequest('/tenant/refresh-token'))).status).toBe(200);
  }
  expect(new Set(await Promise.all(others.map(settings)))).toEqual(new Set([200]));
  expect(faults()).toEqual([]);
});

test('tenants beyond what fits cost others their place, and an event says so', async () => {
  const { handler, settings, faults } = startHandler(createMemoryStore({ maxBytes: 30_000 }));
  const tokens: string[] = [];
  for (let n = 0; n < 40; n++) tokens.push((await handler.tenantFor({ ...acme, tenantId: `tenant-${n}` })).token);
  expect(await settings(tokens[0]!)).toBe(401);
  expect(await settings(tokens[39]!)).toBe(200);
  expect(faults()).toMatchObject([
    { source: 'store', error: { message: expect.stringContaining('live entries had to go') as string } },
  ]);
});
