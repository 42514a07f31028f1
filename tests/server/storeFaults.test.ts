import KeyvRedis from '@keyv/redis';
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import Keyv from 'keyv';
import { Pool } from 'pg';
import {
  createMemoryStore,
  createPostgresStore,
  createRedisStore,
  type TenantStore,
} from 'react-upsolve-tenant/server';
import { createClient } from 'redis';
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

/** A server behind a way that breaks as `how` says. */
const behindProxy = (
  how: 'cut' | 'swallow',
  serverUrl: string,
  connect: (url: string) => Promise<Server> | Server,
): (() => Promise<Faulty>) => {
  return async () => {
    const target = new URL(serverUrl);
    const proxy = await startTcpProxy({ host: target.hostname, port: Number(target.port) });
    target.host = `127.0.0.1:${proxy.port}`;
    const { store, endConnections } = await connect(target.href);
    return how === 'cut'
      ? {
          store,
          timeoutMs: 2_000,
          // As a restart has it: the server says goodbye on each connection, and then isn't there.
          async fail() {
            await endConnections?.();
            await proxy.cut();
          },
          recover: proxy.restore,
        }
      : { store, timeoutMs: 2_000, fail: proxy.swallow, recover: proxy.release };
  };
};

interface Server {
  readonly store: TenantStore;
  endConnections?(): Promise<void>;
}

const { TEST_REDIS_URL, TEST_POSTGRES_URL } = process.env;

const kinds: [string, () => Faulty | Promise<Faulty>][] = [
  ['rejects', failing(() => Promise.reject(new Error('connection refused')))],
  ['hangs', failing(() => new Promise(() => undefined))],
];
for (const [name, url, connect] of [
  ['PostgreSQL', TEST_POSTGRES_URL, postgres],
  ['Redis', TEST_REDIS_URL, redis],
  ['Redis through ioredis', TEST_REDIS_URL, ioredis],
] as const) {
  if (!url) continue;
  kinds.push([`is a ${name} that is restarted`, behindProxy('cut', url, connect)]);
  kinds.push([`is a ${name} whose packets vanish`, behindProxy('swallow', url, connect)]);
}
if (TEST_REDIS_URL) kinds.push(['is a Redis through Keyv that is cut', behindProxy('cut', TEST_REDIS_URL, keyvRedis)]);

function postgres(connectionString: string): Server {
  const table = `tenants_${randomBytes(6).toString('hex')}`;
  // So few that one which stays lost is missed.
  const pool = new Pool({ connectionString, application_name: table, max: 2 });
  onTestFinished(() => pool.end());
  const admin = new Pool({ connectionString: TEST_POSTGRES_URL });
  onTestFinished(async () => {
    await admin.query(`DROP TABLE IF EXISTS ${table}`);
    await admin.end();
  });
  return {
    store: createPostgresStore({ pool, table }),
    async endConnections() {
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [table]);
    },
  };
}

function redis(url: string): Server {
  const name = `faults-${randomBytes(6).toString('hex')}`;
  const store = createRedisStore({ client: createClient({ url, name }), keyPrefix: `${name}:` });
  onTestFinished(store.close);
  return { store, endConnections: () => forgetRedis(name) };
}

function ioredis(url: string): Server {
  const name = `faults-${randomBytes(6).toString('hex')}`;
  const client = new Redis(url, { connectionName: name, lazyConnect: true, retryStrategy: null });
  const store = createRedisStore({
    client: {
      duplicate() {
        const connection = client.duplicate();
        return {
          connect: () => connection.connect(),
          sendCommand: ([command = '', ...args]) => connection.call(command, ...args),
          destroy: () => connection.disconnect(),
          on: (event, listener) => connection.on(event, listener),
        };
      },
    },
    keyPrefix: `${name}:`,
  });
  onTestFinished(store.close);
  return { store, endConnections: () => forgetRedis(name) };
}

/** Ends the connections of this name. What is kept under it ends by itself within the hour. */
async function forgetRedis(name: string): Promise<void> {
  const admin = await createClient({ url: TEST_REDIS_URL! }).connect();
  for (const line of ((await admin.sendCommand(['CLIENT', 'LIST'])) as unknown as string).split('\n')) {
    if (!line.includes(`name=${name} `)) continue;
    await admin.sendCommand(['CLIENT', 'KILL', 'ID', /id=(\d+)/.exec(line)![1]!]);
  }
  admin.destroy();
}

function keyvRedis(url: string): Server {
  const namespace = `faults-${randomBytes(6).toString('hex')}`;
  const adapter = new KeyvRedis<string>(url, { namespace });
  onTestFinished(async () => {
    await adapter.clear();
    await adapter.disconnect();
  });
  const keyv = new Keyv({ store: adapter, namespace, throwOnErrors: true });
  keyv.on('error', () => undefined);
  return { store: keyv };
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
    expect((await settings(down.body.token)).status).toBe(200);
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
