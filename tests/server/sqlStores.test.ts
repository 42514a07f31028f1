import { createClient } from '@libsql/client';
import { createMemoryStore, createPostgresStore, createSqliteStore } from 'react-upsolve-tenant/server';
import { expect, onTestFinished, test } from 'vitest';

function openSqlite(nowMs: { value: number }) {
  const client = createClient({ url: ':memory:' });
  onTestFinished(() => client.close());
  const store = createSqliteStore({ client, now: () => nowMs.value });
  const count = async () => Number((await client.execute('SELECT count(*) AS n FROM upsolve_tenants')).rows[0]?.n);
  return { client, store, count };
}

test('an entry is there until its time has passed, then it is swept out in passing', async () => {
  const nowMs = { value: 1_000_000 };
  const { store, count } = openSqlite(nowMs);
  await store.set('short', 'a', 1_000);
  await store.set('long', 'b', 600_000);
  expect(await store.get('short')).toBe('a');
  nowMs.value += 1_000;
  expect(await store.get('short')).toBeUndefined();
  expect(await store.get('long')).toBe('b');
  expect(await count()).toBe(2);
  nowMs.value += 60_000;
  await store.set('long', 'c', 600_000);
  expect(await count()).toBe(1);
  expect(await store.get('long')).toBe('c');
});

test('an entry that was deleted is gone', async () => {
  const { store } = openSqlite({ value: 0 });
  await store.set('key', 'a', 1_000);
  await store.delete('key');
  expect(await store.get('key')).toBeUndefined();
});

test('a database that could not be opened is opened at the next call', async () => {
  const { client } = openSqlite({ value: 0 });
  let isBroken = true;
  const store = createSqliteStore({
    client: { execute: (statement) => (isBroken ? Promise.reject(new Error('locked')) : client.execute(statement)) },
  });
  await expect(store.get('key')).rejects.toThrow('locked');
  isBroken = false;
  expect(await store.get('key')).toBeUndefined();
});

test('a table’s name is a plain name, for it can’t be a parameter', () => {
  const client = createClient({ url: ':memory:' });
  client.close();
  expect(() => createSqliteStore({ client, table: 'a; DROP TABLE b' })).toThrow(TypeError);
});

test('a PostgreSQL pool whose idle connection is lost does not end the process', () => {
  const events: string[] = [];
  createPostgresStore({
    pool: { connect: () => Promise.reject(new Error('down')), on: (event) => void events.push(event) },
  });
  expect(events).toEqual(['error']);
});

test('memory is bounded, and forgets when an entry’s time has passed', async () => {
  let nowMs = 1_000;
  const store = createMemoryStore({ maxEntries: 3, now: () => nowMs });
  for (const key of ['a', 'b', 'c', 'd']) await store.set(key, key, 500);
  expect(await store.get('a')).toBeUndefined();
  expect(await store.get('d')).toBe('d');
  await store.delete('d');
  expect(await store.get('d')).toBeUndefined();
  nowMs += 501;
  expect(await store.get('c')).toBeUndefined();
});
