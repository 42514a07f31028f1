import { expect, test, vi } from 'vitest';
import { waitUntil } from '../setup/waitUntil';
import { acme, createTestHandler, pageRequest, type TestHandler } from './fixtures/createTestHandler';
import { createSharedStore, type SharedStore } from './fixtures/createSharedStore';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { sampleApiKey, sampleEncryptionKey } from './fixtures/sampleKeys';

const globex = { ...acme, tenantId: 'globex', prefilters: { org_id: 8 } };

interface Backend extends TestHandler {
  settings(token: string): Promise<number>;
  refresh(): Promise<string>;
}

async function start(): Promise<{ shared: SharedStore; open(encryptionKey?: string): Backend }> {
  // Time passes only where a test moves it.
  vi.useFakeTimers({ toFake: ['performance'] });
  const shared = createSharedStore(Date.parse('2030-01-01T00:00:00Z'));
  const upsolve = await startFakeUpsolve();
  upsolve.now = () => shared.nowMs;
  const apiKey = sampleApiKey();
  const ownKey = sampleEncryptionKey();
  return {
    shared,
    open(encryptionKey = ownKey) {
      const made = createTestHandler({
        upsolveUrl: upsolve.url,
        apiKey,
        encryptionKeys: [encryptionKey],
        store: shared.store,
        now: () => shared.nowMs,
      });
      return {
        ...made,
        refresh: async () => {
          const answer = await made.handler(pageRequest('/tenant/refresh-token'));
          return ((await answer.json()) as { token: string }).token;
        },
        settings: async (token) => {
          const headers = { authorization: `Bearer ${token}` };
          return (await made.handler(pageRequest('/permissions/tenant-settings/', { method: 'GET', headers }))).status;
        },
      };
    },
  };
}

const tampered = (sealed: string): string => sealed.slice(0, -3) + (sealed.endsWith('AAA') ? 'BBB' : 'AAA');

test.each([
  ['was changed', (kept: Map<string, string>, key: string) => kept.set(key, tampered(kept.get(key)!)), /none of encry/],
  ['is no record', (kept: Map<string, string>, key: string) => kept.set(key, 'nonsense'), /none of encryptionKeys/],
  [
    'was put in another’s place',
    (kept: Map<string, string>, key: string) =>
      kept.set(key, kept.get([...kept.keys()].find((other) => other.startsWith('token:') && other !== key)!)!),
    /under a key that it was not written for/,
  ],
])('a record that %s opens nothing, and is reported without anything of it', async (_what, change, message) => {
  const { shared, open } = await start();
  const { handler, settings, faults } = open();
  const { token } = await handler.tenantFor(acme);
  const key = [...shared.kept.keys()].find((name) => name.startsWith('token:'))!;
  await handler.tenantFor(globex);
  expect(await settings(token)).toBe(200);

  change(shared.kept, key);

  expect(await settings(token)).toBe(401);
  expect(faults()).toMatchObject([{ source: 'store', error: { message: expect.stringMatching(message) as string } }]);
  const said = JSON.stringify(faults());
  for (const secret of [token, key, shared.kept.get(key)!, 'acme', 'globex']) expect(said).not.toContain(secret);
});

test('a store that answers with something else than text is reported, and a record that ended is no fault', async () => {
  const { shared, open } = await start();
  const { handler, settings, faults } = open();
  const { token } = await handler.tenantFor(acme);
  shared.nowMs += 2 * 3_600_000;
  expect(await settings(token)).toBe(401);
  const late = open();
  expect(await late.settings(token)).toBe(401);
  expect([...faults(), ...late.faults()]).toEqual([]);

  const key = [...shared.kept.keys()].find((name) => name.startsWith('token:'))!;
  shared.kept.set(key, { planted: true } as unknown as string);
  expect(await settings(token)).toBe(401);
  expect(faults()).toMatchObject([
    { error: { message: expect.stringContaining('no record of this backend') as string } },
  ]);
});

/** Holds each write of a key that begins so, until it is released. */
function holdWrites(shared: SharedStore, begin: string): { isHeld(): boolean; release(): void } {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let isHeld = false;
  const { set } = shared.store;
  shared.store.set = async (key, value, ttlMs) => {
    if (key.startsWith(begin)) {
      isHeld = true;
      await held;
    }
    return set(key, value, ttlMs);
  };
  return { isHeld: () => isHeld, release };
}

test('whoever finds a tenant finds its token known: that record is written first', async () => {
  const { shared, open } = await start();
  const [one, other] = [open(), open()];
  const writes = holdWrites(shared, 'token:');
  const minting = one.refresh();
  await waitUntil(() => expect(writes.isHeld()).toBe(true));
  for (let n = 0; n < 20; n++) expect(await other.settings(`nobody's-token-${n}`)).toBe(401);
  expect([...shared.kept.keys()]).toEqual([]);
  writes.release();
  expect(await other.settings(await minting)).toBe(200);
});

test('what is on its way to the store is found by this process at once', async () => {
  const { shared, open } = await start();
  const [one, other] = [open(), open()];
  const writes = holdWrites(shared, 'tenant:');
  const minting = one.refresh();
  await waitUntil(() => expect(writes.isHeld()).toBe(true));
  const { token } = await one.handler.tenantFor(acme);
  expect(await other.settings(token)).toBe(200);
  writes.release();
  expect(await minting).toBe(token);
  expect((await other.handler.tenantFor(acme)).token).toBe(token);
});

test('a record is kept for a whole number of milliseconds, however odd a token’s life is', async () => {
  const shared = createSharedStore(Date.now());
  const times: number[] = [];
  const { handler } = createTestHandler({
    upsolveUrl: 'http://127.0.0.1:1',
    issueToken: () => ({ token: 'opaque-opaque-opaque', expiresIn: 1_234.567_89 }),
    encryptionKeys: [sampleEncryptionKey()],
    store: {
      get: shared.store.get,
      delete: shared.store.delete,
      set: (key, value, ttlMs) => (times.push(ttlMs), shared.store.set(key, value, ttlMs)),
    },
  });
  await handler.tenantFor(acme);
  expect(times.length).toBeGreaterThan(1);
  expect(times.every((ttlMs) => Number.isInteger(ttlMs) && ttlMs > 1_000_000)).toBe(true);
});

test('what was handed out while the store was down is brought to it, and nothing newer is overwritten', async () => {
  const { shared, open } = await start();
  const [one, other] = [open(), open()];
  await one.handler.tenantFor(acme);
  shared.before = () => Promise.reject(new Error('down'));
  const lost = [await one.refresh(), await one.refresh()];
  shared.before = () => Promise.resolve();
  shared.nowMs += 1;
  const newer = await other.refresh();

  await one.settings(newer);
  for (const token of lost) await waitUntil(async () => expect(await other.settings(token)).toBe(200));
  expect(await one.settings(newer)).toBe(200);
  expect((await other.handler.tenantFor(acme)).token).toBe(newer);
  expect((await one.handler.tenantFor(acme)).token).toBe(newer);
});

test('of one scope the newest 32 tokens stay on record, and what falls off is dropped at once', async () => {
  const { shared, open } = await start();
  const { refresh, settings } = open();
  const tokens: string[] = [];
  for (let n = 0; n < 40; n++) {
    tokens.push(await refresh());
    expect(shared.kept.size).toBeLessThanOrEqual(33);
  }
  const known = await Promise.all(tokens.map((token) => settings(token)));
  expect(known).toEqual([...Array<number>(8).fill(401), ...Array<number>(32).fill(200)]);
});

test('a store may answer at once, and throw at once', async () => {
  const kept = new Map<string, string>();
  let isDown = false;
  const orThrow = <Value>(value: Value): Value => {
    if (isDown) throw new Error('locked');
    return value;
  };
  const upsolve = await startFakeUpsolve();
  const { handler, faults } = createTestHandler({
    upsolveUrl: upsolve.url,
    encryptionKeys: [sampleEncryptionKey()],
    store: {
      get: (key) => orThrow(kept.get(key)),
      set: (key, value) => orThrow(kept).set(key, value),
      delete: (key) => orThrow(kept).delete(key),
    },
  });
  const ask = async (): Promise<string> => (await handler.tenantFor(acme)).token;

  const first = await ask();
  expect(await ask()).toBe(first);
  expect(kept.size).toBe(2);

  isDown = true;
  const meanwhile = await ask();
  expect(await ask(), 'kept here meanwhile').toBe(meanwhile);
  expect(faults()).not.toEqual([]);
  expect(faults()[0]).toMatchObject({ source: 'store', error: { message: 'Error: locked' } });

  isDown = false;
  expect([first, meanwhile]).toContain(await ask());
  expect(upsolve.requests).toHaveLength(2);
});
