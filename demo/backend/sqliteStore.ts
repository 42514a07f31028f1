import { createClient } from '@libsql/client';
import type { TenantStore } from 'react-upsolve-tenant/server';

export interface SqliteStore extends TenantStore {
  close(): void;
}

/** A tenant store in one SQLite file. What it is given is encrypted already. */
export async function createSqliteStore(file: string): Promise<SqliteStore> {
  const client = createClient({ url: `file:${file}` });
  await client.execute('create table if not exists tenants (key text primary key, value text, ends_at integer)');
  return {
    get: async (key) => {
      const { rows } = await client.execute({
        sql: 'select value from tenants where key = ? and ends_at > ?',
        args: [key, Date.now()],
      });
      return rows[0]?.value;
    },
    set: async (key, value, ttlMs) => {
      await client.batch([
        { sql: 'delete from tenants where ends_at <= ?', args: [Date.now()] },
        { sql: 'insert or replace into tenants values (?, ?, ?)', args: [key, value, Date.now() + ttlMs] },
      ]);
    },
    delete: async (key) => {
      await client.execute({ sql: 'delete from tenants where key = ?', args: [key] });
    },
    close: () => client.close(),
  };
}
