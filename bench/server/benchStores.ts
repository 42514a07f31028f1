import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { Pool } from 'pg';
import { createClient as createRedisClient } from 'redis';
import { createPostgresStore, createRedisStore, createSqliteStore, type TenantStore } from '../../src/server';

export interface BenchStore {
  readonly name: string;
  /** Undefined: the handler's own memory. */
  readonly store: TenantStore | undefined;
  close(): Promise<void>;
}

/** Memory and SQLite; PostgreSQL and Redis where TEST_POSTGRES_URL and TEST_REDIS_URL are set. */
export function* createBenchStores(): Generator<BenchStore> {
  yield { name: 'memory', store: undefined, close: () => Promise.resolve() };
  yield sqlite();
  const { TEST_POSTGRES_URL, TEST_REDIS_URL } = process.env;
  if (TEST_POSTGRES_URL) yield postgres(TEST_POSTGRES_URL);
  if (TEST_REDIS_URL) yield redis(TEST_REDIS_URL);
}

function sqlite(): BenchStore {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const client = createClient({ url: `file:${join(folder, 'tenants.db')}` });
  return {
    name: 'SQLite',
    store: createSqliteStore({ client }),
    close() {
      client.close();
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

function postgres(connectionString: string): BenchStore {
  const table = `bench_${randomBytes(6).toString('hex')}`;
  const pool = new Pool({ connectionString });
  return {
    name: 'PostgreSQL',
    store: createPostgresStore({ pool, table }),
    async close() {
      await pool.query(`DROP TABLE IF EXISTS ${table}`);
      await pool.end();
    },
  };
}

function redis(url: string): BenchStore {
  const keyPrefix = `bench-${randomBytes(6).toString('hex')}:`;
  const client = createRedisClient({ url });
  const store = createRedisStore({ client, keyPrefix });
  return {
    name: 'Redis',
    store,
    async close() {
      store.close();
      await client.connect();
      for (const key of await client.keys(`${keyPrefix}*`)) await client.del(key);
      client.destroy();
    },
  };
}
