import type { TenantStore } from './TenantStore';
import { createSqlStore } from './createSqlStore';

/** What is needed of a `pg.Pool`. */
export interface PostgresPool {
  query(sql: string, values: (string | number)[]): Promise<{ readonly rows: Record<string, unknown>[] }>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface PostgresStoreOptions {
  pool: PostgresPool;
  /** Made where it does not exist. @default 'upsolve_tenants' */
  table?: string | undefined;
  /** Wall time in ms. @default Date.now */
  now?: (() => number) | undefined;
}

/** A store in PostgreSQL, for any number of processes and machines. */
export function createPostgresStore(options: PostgresStoreOptions): TenantStore {
  const { pool, table = 'upsolve_tenants', now = () => Date.now() } = options;
  // A pool that nobody listens to ends the process when an idle connection is lost, as at each restart of the database.
  pool.on('error', () => undefined);
  return createSqlStore({ table, now, run: async (sql, args) => (await pool.query(sql, args)).rows });
}
