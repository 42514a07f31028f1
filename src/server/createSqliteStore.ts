import type { TenantStore } from './TenantStore';

/** What is needed of a `@libsql/client`: `createClient({ url: 'file:tenants.db' })` fits, and so does a remote one. */
export interface SqliteClient {
  execute(statement: { sql: string; args: (string | number)[] }): Promise<{ rows: ArrayLike<ArrayLike<unknown>> }>;
}

export interface SqliteStoreOptions {
  client: SqliteClient;
  /** Made where it does not exist. @default 'upsolve_tenants' */
  table?: string | undefined;
  /** Wall time in ms. @default Date.now */
  now?: (() => number) | undefined;
}

/** How often what has ended is swept out. */
const SWEEP_MS = 60_000;
/** How long another process may hold the file. */
const BUSY_MS = 1_500;

/** A store in one SQLite file, for one machine: it outlives the process, and several processes may share it. */
export function createSqliteStore({ client, table = 'upsolve_tenants', now }: SqliteStoreOptions): TenantStore {
  if (!/^\w+$/.test(table)) throw new TypeError('createSqliteStore: table must be a plain name.');
  const wallNow = now ?? (() => Date.now());
  let opening: Promise<unknown> | undefined;
  let sweptAtMs = 0;

  async function run(sql: string, ...args: (string | number)[]): Promise<ArrayLike<ArrayLike<unknown>>> {
    // Kept only once it has worked: a file that could not be opened is tried again.
    opening ??= open().catch((thrown: unknown) => {
      opening = undefined;
      throw thrown;
    });
    await opening;
    return (await client.execute({ sql, args })).rows;
  }

  async function open(): Promise<void> {
    for (const pragma of [`busy_timeout = ${BUSY_MS}`, 'journal_mode = WAL']) {
      // A remote database settles these itself and may refuse them.
      await client.execute({ sql: `PRAGMA ${pragma}`, args: [] }).catch(() => undefined);
    }
    await client.execute({
      sql: `CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, value TEXT NOT NULL, ends_at INTEGER NOT NULL)`,
      args: [],
    });
  }

  async function sweep(): Promise<void> {
    if (wallNow() - sweptAtMs < SWEEP_MS) return;
    sweptAtMs = wallNow();
    await run(`DELETE FROM ${table} WHERE ends_at <= ?`, wallNow());
  }

  return {
    async get(key) {
      const rows = await run(`SELECT value FROM ${table} WHERE key = ? AND ends_at > ?`, key, wallNow());
      return rows[0]?.[0];
    },
    async set(key, value, ttlMs) {
      await run(
        `INSERT INTO ${table} (key, value, ends_at) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at`,
        key,
        value,
        Math.ceil(wallNow() + ttlMs),
      );
      await sweep();
      return true;
    },
    async delete(key) {
      await run(`DELETE FROM ${table} WHERE key = ?`, key);
      return true;
    },
  };
}
