import type { TenantStore } from './TenantStore';

/** What SQLite and PostgreSQL differ in. */
export interface SqlStoreParts {
  readonly table: string;
  /** Runs a statement with `$1`, `$2`, … and answers with its rows. */
  readonly run: (sql: string, args: (string | number)[]) => Promise<ArrayLike<Record<string, unknown>>>;
  /** The time in ms as SQL, by the clock that all who share the table go by. */
  readonly nowSql: () => string;
  /** Time in ms, by which it is swept out now and then. */
  readonly now: () => number;
  /** Makes a sweep leave out the rows that another one is at. */
  readonly skipLockedSql: string;
  /** Whether a statement failed because the table isn't there. */
  readonly isTableMissing: (thrown: unknown) => boolean;
  /** Whoever hears that what has ended could not be swept out. */
  readonly onFault: (thrown: unknown) => void;
}

/** What makes the table. It is made only where a statement found none, so that a role without CREATE can use one. */
export function createTableSql(table: string): readonly string[] {
  const name = table.split('.').at(-1) ?? table;
  return [
    `CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, value TEXT NOT NULL, ends_at BIGINT NOT NULL)`,
    `CREATE INDEX IF NOT EXISTS ${name}_ends_at ON ${table} (ends_at)`,
  ];
}

/** How often what has ended is swept out, and how much at once. */
const SWEEP = { everyMs: 60_000, rows: 5_000 };

/**
 * A table of key, value and end. SQL does not forget by itself, so what has ended is swept out in passing.
 *
 * @throws TypeError for a table that isn't a plain name: it can't be a parameter.
 */
export function createSqlStore(parts: SqlStoreParts): TenantStore {
  const { run, table, now, nowSql, skipLockedSql, isTableMissing, onFault } = parts;
  if (!/^([a-z_]\w*\.)?[a-z_]\w*$/i.test(table)) {
    throw new TypeError('The table of a tenant store must be a plain name, or schema.name.');
  }
  let sweptAtMs = Number.NEGATIVE_INFINITY;

  async function query(sql: string, ...args: (string | number)[]): ReturnType<SqlStoreParts['run']> {
    try {
      return await run(sql, args);
    } catch (thrown) {
      if (!isTableMissing(thrown)) throw thrown;
    }
    const refusal = await createTable();
    return run(sql, args).catch((thrown: unknown) => {
      throw isTableMissing(thrown) ? (refusal ?? thrown) : thrown;
    });
  }

  /** What it throws counts only where the table isn't there afterwards: another process may have made it meanwhile. */
  async function createTable(): Promise<unknown> {
    try {
      for (const sql of createTableSql(table)) await run(sql, []);
    } catch (thrown) {
      return thrown;
    }
    return undefined;
  }

  /** Nobody waits for it, and it deletes a bounded number: a table that nobody swept for long must stop no request. */
  function sweepInPassing(): void {
    if (Math.abs(now() - sweptAtMs) < SWEEP.everyMs) return;
    sweptAtMs = now();
    const ended = `SELECT key FROM ${table} WHERE ends_at <= ${nowSql()} LIMIT ${SWEEP.rows} ${skipLockedSql}`;
    query(`DELETE FROM ${table} WHERE key IN (${ended})`).catch(onFault);
  }

  return {
    async get(key) {
      const rows = await query(`SELECT value FROM ${table} WHERE key = $1 AND ends_at > ${nowSql()}`, key);
      return rows[0]?.value;
    },
    async set(key, value, ttlMs) {
      await query(
        `INSERT INTO ${table} (key, value, ends_at) VALUES ($1, $2, ${nowSql()} + CAST($3 AS BIGINT))
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at`,
        key,
        value,
        Math.ceil(ttlMs),
      );
      sweepInPassing();
      return true;
    },
    async delete(key) {
      await query(`DELETE FROM ${table} WHERE key = $1`, key);
      return true;
    },
  };
}
