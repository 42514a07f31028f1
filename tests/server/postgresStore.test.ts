import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { createPostgresStore } from 'react-upsolve-tenant/server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { waitUntil } from '../setup/waitUntil';
import { startTcpProxy } from './fixtures/startTcpProxy';

const { TEST_POSTGRES_URL: url } = process.env;

interface Place {
  readonly table: string;
  readonly admin: Pool;
  open(user?: string): Pool;
}

/** An empty schema of its own, and a role that may do nothing in it. */
async function createPlace(): Promise<Place & { schema: string; role: string }> {
  const schema = `stores_${randomBytes(6).toString('hex')}`;
  const role = `${schema}_role`;
  const open = (user?: string): Pool => {
    const target = new URL(url!);
    if (user) target.username = user;
    // A password that a server with `trust` doesn't ask for.
    if (user) target.password = role;
    const pool = new Pool({ connectionString: target.href });
    onTestFinished(() => pool.end());
    return pool;
  };
  const admin = open();
  await admin.query(`CREATE SCHEMA ${schema}; CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  await admin.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
  onTestFinished(async () => {
    await admin.query(`DROP SCHEMA ${schema} CASCADE; DROP ROLE ${role}`);
  });
  return { schema, role, table: `${schema}.tenants`, admin, open };
}

/** What `sql` of the message says, run by whoever may. */
const runCure = (message: string, role: string, admin: Pool): Promise<unknown> =>
  admin.query(/run, [^:]*: (.*)$/s.exec(message)![1]!.replaceAll('…', role));

describe.runIf(url)('a table in PostgreSQL', () => {
  test('is made in another schema, by many processes at once', async () => {
    const { table, open, admin } = await createPlace();
    const stores = Array.from({ length: 8 }, () => createPostgresStore({ pool: open(), table }));
    await Promise.all(stores.map((store, n) => store.set(`key${n}`, 'value', 60_000.5)));
    for (const store of stores) expect(await store.get('key7')).toBe('value');
    expect((await admin.query(`SELECT count(*) AS n FROM ${table}`)).rows).toEqual([{ n: '8' }]);
  });

  test('that a role may not make is asked for with the SQL that makes it, which then is the cure', async () => {
    const { table, role, open, admin } = await createPlace();
    const store = createPostgresStore({ pool: open(role), table });
    for (const ask of [() => store.get('key'), () => store.set('key', 'value', 1_000), () => store.delete('key')]) {
      await expect(ask()).rejects.toThrow(/CREATE TABLE IF NOT EXISTS .*GRANT SELECT, INSERT, UPDATE, DELETE/);
    }
    const message = await Promise.resolve(store.get('key')).catch((thrown: Error) => thrown.message);
    await runCure(message as string, role, admin);
    await store.set('key', 'value', 60_000);
    expect(await store.get('key')).toBe('value');
  });

  test('that is there needs no right to make one', async () => {
    const { table, role, open, admin } = await createPlace();
    await createPostgresStore({ pool: admin, table }).set('key', 'value', 60_000);
    const store = createPostgresStore({ pool: open(role), table });
    const refusal = (await Promise.resolve(store.get('key')).catch((thrown: Error) => thrown)) as Error;
    expect(refusal.message).toMatch(/permission denied.*GRANT SELECT/);
    await admin.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${role}`);
    expect(await store.get('key')).toBe('value');
    await store.set('key', 'newer', 60_000);
    await store.delete('key');
    expect(await store.get('key')).toBeUndefined();
  });

  test('in a schema that isn’t there is asked for with the schema', async () => {
    const { schema, role, open, admin } = await createPlace();
    const table = `${schema}_other.tenants`;
    onTestFinished(async () => {
      await admin.query(`DROP SCHEMA IF EXISTS ${schema}_other CASCADE`);
    });
    const store = createPostgresStore({ pool: open(role), table });
    const refusal = (await Promise.resolve(store.get('key')).catch((thrown: Error) => thrown)) as Error;
    expect(refusal.message).toContain(`CREATE SCHEMA IF NOT EXISTS ${schema}_other`);
    await runCure(refusal.message, role, admin);
    expect(await store.get('key')).toBeUndefined();
  });

  test('that somebody dropped is made again', async () => {
    const { table, open, admin } = await createPlace();
    const store = createPostgresStore({ pool: open(), table });
    await store.set('key', 'value', 60_000);
    await admin.query(`DROP TABLE ${table}`);
    await store.set('key', 'value', 60_000);
    expect(await store.get('key')).toBe('value');
  });

  test('holds ends by the database’s clock, whatever the process’s own says, and is swept by it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { table, open, admin } = await createPlace();
    const trueMs = Date.now();
    const stores = [-600_000, 600_000].map((aheadMs) => {
      const store = createPostgresStore({ pool: open(), table });
      return { ...store, at: <T>(run: () => T): T => (vi.setSystemTime(trueMs + aheadMs), run()) };
    });
    for (const writer of stores) {
      await writer.at(() => writer.set('live', 'value', 60_000));
      await writer.at(() => writer.set('ended', 'value', 60_000));
      await admin.query(`UPDATE ${table} SET ends_at = ends_at - 60000 WHERE key = 'ended'`);
      for (const reader of stores) {
        expect(await reader.at(() => reader.get('live'))).toBe('value');
        expect(await reader.at(() => reader.get('ended'))).toBeUndefined();
        expect(Math.abs((await reader.at(() => reader.now!())) - trueMs)).toBeLessThan(60_000);
      }
    }
    // A store sweeps at its first write.
    await createPostgresStore({ pool: open(), table }).set('other', 'value', 60_000);
    await waitUntil(async () => {
      const { rows } = await admin.query<{ key: string }>(`SELECT key FROM ${table} ORDER BY key`);
      expect(rows.map(({ key }) => key)).toEqual(['live', 'other']);
    });
  });
});

describe.runIf(url)('a connection to PostgreSQL', () => {
  test('whose packets vanish leaves the pool, and the call ends in time', async () => {
    const { table } = await createPlace();
    const target = new URL(url!);
    const proxy = await startTcpProxy({ host: target.hostname, port: Number(target.port) });
    target.host = `127.0.0.1:${proxy.port}`;
    const pool = new Pool({ connectionString: target.href, max: 2 });
    onTestFinished(() => pool.end());
    const store = createPostgresStore({ pool, table, timeoutMs: 200 });
    await Promise.all([store.set('key', 'value', 60_000), store.get('key')]);
    expect(pool.totalCount).toBeGreaterThan(0);
    const [before] = [pool.totalCount];

    proxy.swallow();
    for (let n = 0; n < before; n++) await expect(store.get('key')).rejects.toMatchObject({ code: 'timeout' });
    expect(pool.idleCount).toBe(0);

    proxy.release();
    await waitUntil(async () => expect(await store.get('key')).toBe('value'));
  });

  test('that never comes about gives its place free, also in a pool that sets no time', () => {
    const pool = new Pool({ connectionString: url });
    onTestFinished(() => pool.end());
    createPostgresStore({ pool });
    expect(pool.options.connectionTimeoutMillis).toBe(5_000);
    const own = new Pool({ connectionString: url, connectionTimeoutMillis: 700 });
    onTestFinished(() => own.end());
    createPostgresStore({ pool: own });
    expect(own.options.connectionTimeoutMillis).toBe(700);
  });

  test('that ends while it is idle is told, and one that ends while it is lent out fails that call alone', async () => {
    const { table, admin } = await createPlace();
    const target = new URL(url!);
    const proxy = await startTcpProxy({ host: target.hostname, port: Number(target.port) });
    target.host = `127.0.0.1:${proxy.port}`;
    const name = `stores_${randomBytes(6).toString('hex')}`;
    const pool = new Pool({ connectionString: target.href, application_name: name });
    onTestFinished(() => pool.end());
    const store = createPostgresStore({ pool, table, timeoutMs: 60_000 });
    const told: unknown[] = [];
    store.onFault?.((thrown) => told.push(thrown));
    const find = (state: string, select: string): Promise<void> =>
      waitUntil(async () => {
        // A sweep in passing is under way, too, now and then: it is not the one that is meant.
        const sql = `SELECT ${select} FROM pg_stat_activity
          WHERE application_name = $1 AND state = $2 AND query LIKE 'SELECT%'`;
        expect((await admin.query(sql, [name, state])).rowCount).toBeGreaterThan(0);
      });

    expect(await store.get('key')).toBeUndefined();
    await find('idle', 'pg_terminate_backend(pid)');
    await waitUntil(() => expect(told).toMatchObject([{ message: expect.stringContaining('terminat') as string }]));
    await store.set('key', 'value', 60_000);

    const lock = await admin.connect();
    const askLocked = async (end: () => Promise<void>): Promise<unknown> => {
      await lock.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      const asked = Promise.resolve(store.get('key')).catch((thrown: Error) => thrown);
      await find('active', 'pid');
      await end();
      const failure = await asked;
      await lock.query('ROLLBACK');
      return failure;
    };
    // The server says why, as at its restart.
    expect(await askLocked(() => find('active', 'pg_terminate_backend(pid)'))).toMatchObject({ code: '57P01' });
    expect(await store.get('key')).toBe('value');
    // It says nothing.
    expect(await askLocked(proxy.cut)).toBeInstanceOf(Error);
    await proxy.restore();
    lock.release();
    await waitUntil(async () => expect(await store.get('key')).toBe('value'));
  });
});
