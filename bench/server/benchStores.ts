import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { Pool } from 'pg';
import { createClient as createRedisClient } from 'redis';
import { createPostgresStore, createRedisStore, createSqliteStore, type TenantStore } from '../../src/server';

export interface BenchStore {
  /** Undefined: the handler's own memory. */
  readonly store: TenantStore | undefined;
  close(): Promise<void>;
}

const { TEST_POSTGRES_URL, TEST_REDIS_URL } = process.env;

/** Memory and SQLite; PostgreSQL and Redis where TEST_POSTGRES_URL and TEST_REDIS_URL are set. */
export const BENCH_STORES = [
  'memory' as const,
  'SQLite' as const,
  ...(TEST_POSTGRES_URL ? ['PostgreSQL' as const] : []),
  ...(TEST_REDIS_URL ? ['Redis' as const] : []),
];

export function openBenchStore(name: (typeof BENCH_STORES)[number]): BenchStore {
  if (name === 'SQLite') return sqlite();
  if (name === 'PostgreSQL') return postgres(TEST_POSTGRES_URL);
  if (name === 'Redis') return redis(TEST_REDIS_URL);
  return { store: undefined, close: () => Promise.resolve() };
}

function sqlite(): BenchStore {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const client = createClient({ url: `file:${join(folder, 'tenants.db')}` });
  return {
    store: createSqliteStore({ client }),
    close() {
      client.close();
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

function postgres(connectionString = ''): BenchStore {
  const table = `bench_${randomBytes(6).toString('hex')}`;
  const pool = new Pool({ connectionString });
  return {
    store: createPostgresStore({ pool, table }),
    async close() {
      await pool.query(`DROP TABLE IF EXISTS ${table}`);
      await pool.end();
    },
  };
}

function redis(url = ''): BenchStore {
  const keyPrefix = `bench-${randomBytes(6).toString('hex')}:`;
  const client = createRedisClient({ url });
  const store = createRedisStore({ client, keyPrefix });
  return {
    store,
    async close() {
      store.close();
      await client.connect();
      for (const key of await client.keys(`${keyPrefix}*`)) await client.del(key);
      client.destroy();
    },
  };
}
