import KeyvRedis from '@keyv/redis';
import { randomBytes } from 'node:crypto';
import Keyv from 'keyv';
import { Pool } from 'pg';
import { createMemoryStore, createPostgresStore, type TenantStore } from 'react-upsolve-tenant/server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { acme, createTestHandler, pageRequest, type TestHandler } from './fixtures/createTestHandler';
import { readAnswer } from './fixtures/client';
import { type FakeUpsolve, startFakeUpsolve } from './fixtures/fakeUpsolve';
import { sampleEncryptionKey } from './fixtures/sampleKeys';
import { startTcpProxy } from './fixtures/startTcpProxy';

interface Faulty {
  readonly store: TenantStore;
  fail(): void | Promise<void>;
  recover(): void | Promise<void>;
  /** Long enough for a store that works, on a busy machine; memory takes no time at all. */
  readonly timeoutMs?: number;
}

/** Memory, that fails in one way at a time. */
const failing = (how: () => Promise<never> | Promise<boolean>): (() => Faulty) => {
  return () => {
    const inner = createMemoryStore();
    let isDown = false;
    return {
      store: {
        get: (key) => (isDown ? how() : inner.get(key)),
        set: (key, value, ttlMs) => (isDown ? how() : inner.set(key, value, ttlMs)),
        delete: (key) => (isDown ? how() : inner.delete(key)),
      },
      fail: () => void (isDown = true),
      recover: () => void (isDown = false),
    };
  };
};

const cuttable = (url: string, connect: (url: string) => TenantStore): (() => Promise<Faulty>) => {
  return async () => {
    const target = new URL(url);
    const proxy = await startTcpProxy({ host: target.hostname, port: Number(target.port) });
    target.host = `127.0.0.1:${proxy.port}`;
    return { store: connect(target.href), fail: proxy.cut, recover: proxy.restore, timeoutMs: 2_000 };
  };
};

const { TEST_REDIS_URL, TEST_POSTGRES_URL } = process.env;

const kinds: [string, () => Faulty | Promise<Faulty>][] = [
  ['rejects', failing(() => Promise.reject(new Error('connection refused')))],
  ['hangs', failing(() => new Promise(() => undefined))],
  ...(TEST_REDIS_URL
    ? [['is a Redis whose connection is cut', cuttable(TEST_REDIS_URL, redis)] as [string, () => Promise<Faulty>]]
    : []),
  ...(TEST_POSTGRES_URL
    ? [
        ['is a PostgreSQL whose connection is cut', cuttable(TEST_POSTGRES_URL, postgres)] as [
          string,
          () => Promise<Faulty>,
        ],
      ]
    : []),
];

function redis(url: string): TenantStore {
  const namespace = `faults-${randomBytes(6).toString('hex')}`;
  const adapter = new KeyvRedis<string>(url, { namespace });
  onTestFinished(async () => {
    await adapter.clear();
    await adapter.disconnect();
  });
  const keyv = new Keyv({ store: adapter, namespace, throwOnErrors: true });
  keyv.on('error', () => undefined);
  return keyv;
}

function postgres(connectionString: string): TenantStore {
  const table = `tenants_${randomBytes(6).toString('hex')}`;
  const pool = new Pool({ connectionString, connectionTimeoutMillis: 1_000 });
  onTestFinished(async () => {
    await pool.query(`DROP TABLE IF EXISTS ${table}`);
    await pool.end();
  });
  return createPostgresStore({ pool, table });
}

async function start(
  create: () => Faulty | Promise<Faulty>,
): Promise<TestHandler & { upsolve: FakeUpsolve; faulty: Faulty }> {
  const upsolve = await startFakeUpsolve();
  const faulty = await create();
  const test = createTestHandler({
    upsolveUrl: upsolve.url,
    store: faulty.store,
    storeTimeoutMs: faulty.timeoutMs ?? 300,
    encryptionKeys: [sampleEncryptionKey()],
    onPermissionsChange: () => undefined,
  });
  return { ...test, upsolve, faulty };
}

describe.each(kinds)('a store that %s', (_name, create) => {
  test('costs nobody a token: served throughout, the fault reported, kept again once it is back', async () => {
    const { handler, upsolve, faulty, faults } = await start(create);
    const register = async () => readAnswer(await handler(pageRequest('/tenant/register')));
    const settings = async (token: string) =>
      handler(
        pageRequest('/permissions/tenant-settings/', { method: 'GET', headers: { authorization: `Bearer ${token}` } }),
      );

    const before = await register();
    expect(faults()).toEqual([]);

    await faulty.fail();
    const down = await register();
    expect(down.status).toBe(200);
    expect(down.body.token).not.toBe(before.body.token);
    expect(faults().length).toBeGreaterThan(0);
    expect(faults().every(({ source }) => source === 'store')).toBe(true);
    expect((await settings(before.body.token)).status).toBe(503);
    // What the store did not take is kept here, so that an outage of it is no storm on Upsolve.
    expect((await register()).body.token).toBe(down.body.token);
    expect(upsolve.requests).toHaveLength(2);

    await faulty.recover();
    await vi.waitFor(async () => expect((await settings(before.body.token)).status).toBe(200), { timeout: 60_000 });
    const back = await register();
    expect(back.status).toBe(200);
    expect((await settings(back.body.token)).status).toBe(200);
    expect((await settings(down.body.token)).status).toBe(200);
  }, 120_000);
});

describe('a store', () => {
  test('that takes nothing, or gives nonsense, is no store: a token comes from Upsolve each time', async () => {
    for (const store of [
      { get: async () => undefined, set: async () => false, delete: async () => false },
      { get: async () => 'nonsense', set: async () => true, delete: async () => true },
      { get: async () => ({ token: 'planted' }), set: async () => true, delete: async () => true },
    ]) {
      const { handler } = await start(() => ({ store, fail: () => undefined, recover: () => undefined }));
      for (let n = 0; n < 2; n++) expect((await handler(pageRequest('/tenant/register'))).status).toBe(200);
    }
  });

  test('in which somebody moved a record to another tenant’s place gives that tenant its own token', async () => {
    const kept = new Map<string, string>();
    const store: TenantStore = {
      get: async (key) => kept.get(key),
      set: async (key, value) => kept.set(key, value),
      delete: async (key) => kept.delete(key),
    };
    const { handler, upsolve } = await start(() => ({ store, fail: () => undefined, recover: () => undefined }));
    const tenantKeys = () => [...kept.keys()].filter((key) => key.startsWith('tenant:'));
    const { token: ofAcme } = await handler.tenantFor(acme);
    const [acmeKey] = tenantKeys();
    const globex = { ...acme, tenantId: 'globex', prefilters: { org_id: 8 } };
    await handler.tenantFor(globex);
    const globexKey = tenantKeys().find((key) => key !== acmeKey);

    kept.set(globexKey!, kept.get(acmeKey!)!);

    expect((await handler.tenantFor(globex)).token).not.toBe(ofAcme);
    expect(upsolve.requests).toHaveLength(3);
  });

  test('that several handlers with other keys or hosts share mixes nothing', async () => {
    const [one, other] = [await startFakeUpsolve(), await startFakeUpsolve()];
    const store = createMemoryStore();
    const shared = { store, encryptionKeys: ['e'.repeat(32)] as const };
    const tokens = new Set<string>();
    for (const upsolveUrl of [one.url, other.url]) {
      for (let key = 0; key < 2; key++) {
        const { handler } = createTestHandler({ ...shared, upsolveUrl });
        tokens.add((await handler.tenantFor(acme)).token);
      }
    }
    expect(tokens.size).toBe(4);
  });
});
