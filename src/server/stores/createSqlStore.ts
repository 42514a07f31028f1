import type { TenantStore } from './TenantStore';

/** What SQLite and PostgreSQL differ in. */
export interface SqlStoreParts {
  /** Runs a statement with `$1`, `$2`, … and answers with its rows. */
  readonly run: (sql: string, args: (string | number)[]) => Promise<ArrayLike<Record<string, unknown>>>;
  /** Done once, before the table is made. */
  readonly prepare?: () => Promise<void>;
  readonly table: string;
  readonly now: () => number;
}

/** How often what has ended is swept out. */
const SWEEP_MS = 60_000;

/** A table of key, value and end. SQL does not forget by itself, so what has ended is swept out in passing. */
export function createSqlStore({ run, prepare, table, now }: SqlStoreParts): TenantStore {
  if (!/^\w+$/.test(table)) throw new TypeError('The table of a tenant store must be a plain name.');
  let opening: Promise<unknown> | undefined;
  let sweptAtMs = Number.NEGATIVE_INFINITY;

  async function open(): Promise<void> {
    await prepare?.();
    const create = (): Promise<unknown> =>
      run(
        `CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, value TEXT NOT NULL, ends_at BIGINT NOT NULL)`,
        [],
      );
    // Two processes that make it at once: PostgreSQL lets one of them fail.
    await create().catch(create);
  }

  async function query(sql: string, ...args: (string | number)[]): ReturnType<SqlStoreParts['run']> {
    // Kept only once it has worked: what could not be opened is tried again.
    opening ??= open().catch((thrown: unknown) => {
      opening = undefined;
      throw thrown;
    });
    await opening;
    return run(sql, args);
  }

  async function sweep(): Promise<void> {
    if (now() - sweptAtMs < SWEEP_MS) return;
    sweptAtMs = now();
    await query(`DELETE FROM ${table} WHERE ends_at <= $1`, now());
  }

  return {
    async get(key) {
      const rows = await query(`SELECT value FROM ${table} WHERE key = $1 AND ends_at > $2`, key, now());
      return rows[0]?.value;
    },
    async set(key, value, ttlMs) {
      await query(
        `INSERT INTO ${table} (key, value, ends_at) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at`,
        key,
        value,
        Math.ceil(now() + ttlMs),
      );
      await sweep();
      return true;
    },
    async delete(key) {
      await query(`DELETE FROM ${table} WHERE key = $1`, key);
      return true;
    },
  };
}
