import { randomBytes } from 'node:crypto';
import { createClient } from 'redis';
import { createRedisStore, type RedisStore } from 'react-upsolve-tenant/server';
import { describe, expect, onTestFinished, test } from 'vitest';

const { TEST_REDIS_URL: url } = process.env;

async function open() {
  const name = `redis-${randomBytes(6).toString('hex')}`;
  const admin = createClient({ url: url! });
  await admin.connect();
  const store: RedisStore = createRedisStore({ client: createClient({ url: url!, name }), keyPrefix: `${name}:` });
  onTestFinished(async () => {
    store.close();
    for (const key of await admin.keys(`${name}:*`)) await admin.del(key);
    admin.destroy();
  });
  const connections = async (): Promise<string[]> =>
    ((await admin.sendCommand(['CLIENT', 'LIST'])) as unknown as string)
      .split('\n')
      .filter((line) => line.includes(`name=${name} `))
      .map((line) => line.split(' ')[0]!);
  return { store, admin, connections, key: `${name}:key` };
}

describe.runIf(url)('Redis', () => {
  test('keeps a text for a time that need not be whole, under the prefix, and forgets it', async () => {
    const { store, admin, key } = await open();
    await store.set('key', 'value', 59_999.5);
    expect(await store.get('key')).toBe('value');
    expect(await admin.get(key)).toBe('value');
    expect(await admin.pTTL(key)).toBeGreaterThan(0);
    expect(await admin.pTTL(key)).toBeLessThanOrEqual(60_000);
    await store.delete('key');
    expect(await store.get('key')).toBeUndefined();
    await store.set('key', 'value', 0.2);
    expect(await admin.pTTL(key)).toBeLessThanOrEqual(1);
  });

  test('tells its own time', async () => {
    const { store, admin } = await open();
    const [seconds] = (await admin.sendCommand(['TIME'])) as unknown as string[];
    const nowMs = await store.now!();
    expect(Number.isInteger(nowMs)).toBe(true);
    expect(nowMs).toBeGreaterThanOrEqual(Number(seconds) * 1_000);
    expect(nowMs).toBeLessThan(Number(seconds) * 1_000 + 600_000);
  });

  test('that refuses a command keeps the connection, and nobody connects before the first command', async () => {
    const { store, admin, connections, key } = await open();
    expect(await connections()).toEqual([]);
    await store.set('other', 'value', 60_000);
    const before = await connections();
    expect(before).toHaveLength(1);
    await admin.lPush(key, 'not a text');
    await expect(store.get('key')).rejects.toThrow('WRONGTYPE');
    expect(await store.get('other')).toBe('value');
    expect(await connections()).toEqual(before);
  });

  test('that isn’t there fails each call at once, and tells of it', async () => {
    const store = createRedisStore({ client: createClient({ url: 'redis://127.0.0.1:1' }), timeoutMs: 60_000 });
    const told: unknown[] = [];
    store.onFault?.((thrown) => told.push(thrown));
    for (let n = 0; n < 5; n++) await expect(store.get('key')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(told).toHaveLength(1);
  });
});
