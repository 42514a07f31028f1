import { createSqlStore } from './createSqlStore';
import { createFaultListeners } from './faultListeners';
import type { TenantStore } from './TenantStore';

/** What is needed of a `@libsql/client`. */
export interface SqliteClient {
  execute(statement: {
    sql: string;
    args: (string | number)[];
  }): Promise<{ readonly rows: ArrayLike<Record<string, unknown>> }>;
  /** Where it is there, it writes: see `write`. */
  executeMultiple?(sql: string): Promise<unknown>;
  /** Opens the file anew. */
  reconnect?(): unknown;
  close?(): void;
}

export interface SqliteStoreOptions {
  /**
   * `createClient({ url: 'file:tenants.db' })`, for this store alone; or a function that makes it, called at the first
   * request: `createClient` throws at once where the file can't be opened. Give it no `timeout`: while it waits for a lock,
   * nothing else of the process runs.
   */
  client: SqliteClient | (() => SqliteClient);
  /** Made where it does not exist. @default 'upsolve_tenants' */
  table?: string | undefined;
  /** How long another process may hold the file, in ms; less than the handler's `storeTimeoutMs`. @default 900 */
  timeoutMs?: number | undefined;
  /** Wall time in ms. @default Date.now */
  now?: (() => number) | undefined;
}

/** How long the rest of the process runs, at most, before a locked file is tried again. */
const PAUSE_MS = 20;

/**
 * A store in one SQLite file, for one machine: it outlives the process, and several processes may share it. A file that
 * can't be read or written is opened anew at the next call.
 *
 * @throws TypeError for a table that isn't a plain name.
 */
export function createSqliteStore(options: SqliteStoreOptions): TenantStore {
  const { table = 'upsolve_tenants', timeoutMs = 900, now = () => Date.now() } = options;
  const { onFault, tell } = createFaultListeners();
  let client: SqliteClient | undefined;
  let opening: Promise<SqliteClient> | undefined;

  async function execute(opened: SqliteClient, sql: string, args: (string | number)[] = []): Promise<Rows> {
    const startedAtMs = performance.now();
    for (;;) {
      try {
        return sql.startsWith('SELECT') ? await read(opened, sql, args) : await write(opened, sql, args);
      } catch (thrown) {
        if (!isLocked(thrown) || performance.now() - startedAtMs > timeoutMs) throw thrown;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * Math.random()));
    }
  }

  async function open(): Promise<SqliteClient> {
    client ??= typeof options.client === 'function' ? options.client() : options.client;
    // A database in memory, or one that is only read, keeps a mode of its own.
    await execute(client, 'PRAGMA journal_mode = WAL').catch(() => undefined);
    return client;
  }

  /** A connection stays what it was when it was opened, even where the file has been mended or put in its place since. */
  async function close(): Promise<void> {
    opening = undefined;
    if (typeof options.client !== 'function') return void (await client?.reconnect?.());
    client?.close?.();
    client = undefined;
  }

  async function run(sql: string, args: (string | number)[]): Promise<Rows> {
    const current = (opening ??= open());
    try {
      return await execute(await current, sql, args);
    } catch (thrown) {
      if (opening === current && !isLocked(thrown) && !isAboutStatement(thrown)) await close();
      throw thrown;
    }
  }

  return {
    ...createSqlStore({
      table,
      run,
      now,
      nowSql: () => String(Math.floor(now())),
      skipLockedSql: '',
      isTableMissing: (thrown) => thrown instanceof Error && thrown.message.includes('no such table'),
      onFault: (thrown) => void tell(() => thrown),
    }),
    onFault,
  };
}

type Rows = ArrayLike<Record<string, unknown>>;

async function read(client: SqliteClient, sql: string, args: (string | number)[]): Promise<Rows> {
  return (await client.execute({ sql: sql.replaceAll('$', '?'), args })).rows;
}

/**
 * `execute` of `@libsql/client` leaves a write that found the file locked half done: whatever is written afterwards seems to
 * succeed, isn't committed, and locks the file until the garbage collector comes by. `executeMultiple` does not, but takes
 * no arguments, so they stand in the text.
 */
async function write(client: SqliteClient, sql: string, args: (string | number)[]): Promise<Rows> {
  if (!client.executeMultiple) return read(client, sql, args);
  await client.executeMultiple(sql.replace(/\$(\d)/g, (_place, n: string) => quote(args[Number(n) - 1] ?? '')));
  return [];
}

function quote(value: string | number): string {
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

function isLocked(thrown: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(thrown));
}

/** Syntax and names, or a key that two write at once: the connection is none the worse for it. */
function isAboutStatement(thrown: unknown): boolean {
  return /^SQLITE_(ERROR|CONSTRAINT)/.test(codeOf(thrown));
}

function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
