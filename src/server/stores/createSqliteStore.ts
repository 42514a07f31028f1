import type { TenantStore } from './TenantStore';
import { createSqlStore } from './createSqlStore';

/** What is needed of a `@libsql/client`: `createClient({ url: 'file:tenants.db' })` fits, and so does a remote one. */
export interface SqliteClient {
  execute(statement: {
    sql: string;
    args: (string | number)[];
  }): Promise<{ readonly rows: ArrayLike<Record<string, unknown>> }>;
}

export interface SqliteStoreOptions {
  client: SqliteClient;
  /** Made where it does not exist. @default 'upsolve_tenants' */
  table?: string | undefined;
  /** Wall time in ms. @default Date.now */
  now?: (() => number) | undefined;
}

/** How long another process may hold the file. */
const BUSY_MS = 1_500;

/** A store in one SQLite file, for one machine: it outlives the process, and several processes may share it. */
export function createSqliteStore(options: SqliteStoreOptions): TenantStore {
  const { client, table = 'upsolve_tenants', now = () => Date.now() } = options;
  return createSqlStore({
    table,
    now,
    run: async (sql, args) => (await client.execute({ sql: sql.replaceAll('$', '?'), args })).rows,
    async prepare() {
      for (const pragma of [`busy_timeout = ${BUSY_MS}`, 'journal_mode = WAL']) {
        // A remote database settles these itself and may refuse them.
        await client.execute({ sql: `PRAGMA ${pragma}`, args: [] }).catch(() => undefined);
      }
    },
  });
}
