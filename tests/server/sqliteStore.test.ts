import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@libsql/client';
import { createSqliteStore } from 'react-upsolve-tenant/server';
import { expect, onTestFinished, test } from 'vitest';

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function open(file: string): Client {
  const client = createClient({ url: `file:${file}` });
  onTestFinished(() => client.close());
  return client;
}

const refusal = (call: unknown): Promise<string> =>
  Promise.resolve(call).then(
    () => 'none',
    (thrown: Error & { code?: string }) => `${thrown.code} ${thrown.message}`,
  );

test('a file that another process has locked is tried again while everything else runs on', async () => {
  const file = join(await createFolder(), 'tenants.db');
  const [client, other] = [open(file), open(file)];
  let tries = 0;
  let resolveFifth = (): void => undefined;
  const fifth = new Promise<void>((resolve) => (resolveFifth = resolve));
  const store = createSqliteStore({
    client: {
      execute: (statement) => client.execute(statement),
      executeMultiple(sql) {
        if (++tries === 5) resolveFifth();
        return client.executeMultiple(sql);
      },
    },
    timeoutMs: 60_000,
  });
  await store.set('key', 'value', 60_000);

  const lock = await other.transaction('write');
  tries = 0;
  const writing = store.set('key', 'newer', 60_000);
  expect(await store.get('key')).toBe('value');
  await fifth;
  await lock.execute('CREATE TABLE others_own (id INTEGER)');
  await lock.commit();
  await writing;
  // What has been written is there for others, and nothing stays locked.
  await store.set('it’s', "it's", 60_000);
  const third = createSqliteStore({ client: open(file), timeoutMs: 0 });
  expect([await third.get('key'), await third.get('it’s')]).toEqual(['newer', "it's"]);
  await third.set('key', 'newest', 60_000);
  expect(await store.get('key')).toBe('newest');
});

test('a file that stays locked fails the call in time, and serves the next once it is free', async () => {
  const file = join(await createFolder(), 'tenants.db');
  const other = open(file);
  await other.execute('CREATE TABLE other (id INTEGER)');
  const lock = await other.transaction('write');
  const store = createSqliteStore({ client: open(file), timeoutMs: 100 });
  expect(await refusal(store.set('key', 'value', 60_000))).toMatch(/^SQLITE_BUSY/);
  await lock.rollback();
  await store.set('key', 'value', 60_000);
  expect(await store.get('key')).toBe('value');
});

test('a file whose folder isn’t there is opened once it is', async () => {
  const folder = join(await createFolder(), 'later');
  const store = createSqliteStore({ client: () => open(join(folder, 'tenants.db')) });
  for (let n = 0; n < 2; n++) expect(await refusal(store.get('key'))).toContain('Unable to open');
  await mkdir(folder);
  await store.set('key', 'value', 60_000);
  expect(await store.get('key')).toBe('value');
});

test.each([
  ['a client', (file: string) => open(file)],
  ['a function that makes one', (file: string) => () => open(file)],
])('a file that is broken, given by %s, is opened anew once it is whole', async (_name, openStore) => {
  const file = join(await createFolder(), 'tenants.db');
  await writeFile(file, 'no database at all '.repeat(1_000));
  const store = createSqliteStore({ client: openStore(file) });
  for (let n = 0; n < 2; n++) expect(await refusal(store.get('key'))).toMatch(/^SQLITE_(NOTADB|CORRUPT)/);
  await rm(file);
  await store.set('key', 'value', 60_000);
  expect(await store.get('key')).toBe('value');
});

test('a file that may only be read serves what it holds, and is opened anew for the next write', async () => {
  const client = open(join(await createFolder(), 'tenants.db'));
  const store = createSqliteStore({ client });
  await store.set('key', 'value', 60_000);
  await client.execute('PRAGMA query_only = 1');
  expect(await store.get('key')).toBe('value');
  expect(await refusal(store.set('key', 'newer', 60_000))).toMatch(/^SQLITE_READONLY/);
  await store.set('key', 'newer', 60_000.25);
  expect(await store.get('key')).toBe('newer');
});
