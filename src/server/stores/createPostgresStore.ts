import { withDeadline } from '../../core/request';
import { createSqlStore, createTableSql } from './createSqlStore';
import { createFaultListeners } from './faultListeners';
import type { TenantStore } from './TenantStore';

/** What is needed of a `pg.Pool`. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  readonly options?: { connectionTimeoutMillis?: number | undefined };
}

/** What is needed of a `pg.PoolClient`. */
export interface PostgresClient {
  query(sql: string, values: (string | number)[]): Promise<{ readonly rows: Record<string, unknown>[] }>;
  /** `true` closes the connection instead of keeping it for the next. */
  release(destroy?: boolean): void;
  on(event: 'error', listener: () => void): unknown;
  off(event: 'error', listener: () => void): unknown;
}

export interface PostgresStoreOptions {
  /** A pool without `connectionTimeoutMillis` gets 5_000: a connect that is never answered would keep its place for ever. */
  pool: PostgresPool;
  /** A plain name, or `schema.name`. Made where it does not exist and the role may. @default 'upsolve_tenants' */
  table?: string | undefined;
  /**
   * How long a statement may take, its connection included, in ms; then that connection is closed. It should be less than
   * the handler's `storeTimeoutMs`. @default 900
   */
  timeoutMs?: number | undefined;
}

const CONNECT_MS = 5_000;
/** By the clock of the database, which is the same for all who use it. */
const NOW_SQL = 'CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT)';
const TABLE_MISSING = '42P01';

/**
 * A store in PostgreSQL, for any number of processes and machines, whose clocks may differ.
 *
 * @throws TypeError for a table that isn't a plain name. Its calls reject where the role may not make the missing table,
 * with the SQL that does.
 */
export function createPostgresStore(options: PostgresStoreOptions): TenantStore {
  const { pool, table = 'upsolve_tenants', timeoutMs = 900 } = options;
  if (pool.options) pool.options.connectionTimeoutMillis ||= CONNECT_MS;
  const { onFault, tell } = createFaultListeners();
  // A pool that nobody listens to ends the process when an idle connection is lost, as at each restart of the database.
  pool.on('error', (error) => void tell(() => error));

  const run = async (sql: string, args: (string | number)[]): Promise<Record<string, unknown>[]> => {
    try {
      return await withDeadline(timeoutMs, new AbortController().signal, (signal) => query(pool, signal, sql, args));
    } catch (thrown) {
      throw isRefused(thrown) ? new Error(describeRefusal(thrown, table), { cause: thrown }) : thrown;
    }
  };

  return {
    ...createSqlStore({
      table,
      run,
      nowSql: () => NOW_SQL,
      now: () => performance.now(),
      skipLockedSql: 'FOR UPDATE SKIP LOCKED',
      isTableMissing: (thrown) => codeOf(thrown) === TABLE_MISSING,
      onFault: (thrown) => void tell(() => thrown),
    }),
    now: async () => Number((await run(`SELECT ${NOW_SQL} AS now_ms`, []))[0]?.now_ms),
    onFault,
  };
}

/**
 * One statement on a connection that goes back into the pool only if the server itself has answered: one whose packets
 * vanish would clog it until TCP gives up, a quarter of an hour later.
 */
async function query(
  pool: PostgresPool,
  signal: AbortSignal,
  sql: string,
  args: (string | number)[],
): Promise<Record<string, unknown>[]> {
  const client = await pool.connect();
  if (signal.aborted) {
    client.release();
    return [];
  }
  // While it is lent out nobody else listens. What goes wrong also fails the statement.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  let isLent = true;
  const giveBack = (destroy: boolean): void => {
    if (!isLent) return;
    isLent = false;
    client.release(destroy);
    if (!destroy) client.off('error', ignore);
  };
  signal.addEventListener('abort', () => giveBack(true));
  try {
    const { rows } = await client.query(sql, args);
    giveBack(false);
    return rows;
  } catch (thrown) {
    giveBack(!isAboutStatement(thrown));
    throw thrown;
  }
}

function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** Syntax, names and rights, or a key that two write at once: the connection is none the worse for it. */
function isAboutStatement(thrown: unknown): boolean {
  return /^(23|3F|42)...$/.test(codeOf(thrown));
}

/** The role may not do it, or there is no such schema. */
function isRefused(thrown: unknown): thrown is Error {
  return ['42501', '3F000'].includes(codeOf(thrown));
}

function describeRefusal({ message }: Error, table: string): string {
  const schema = table.includes('.') ? table.split('.')[0] : undefined;
  const sql = [
    ...(schema ? [`CREATE SCHEMA IF NOT EXISTS ${schema}`, `GRANT USAGE ON SCHEMA ${schema} TO …`] : []),
    ...createTableSql(table),
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO …`,
  ];
  return `${message}. Let a role that may make tables run, with this backend's role at …: ${sql.join('; ')};`;
}
