import type { Client } from '@libsql/client';
import type { Context } from 'hono';
import { randomBytes } from 'node:crypto';
import { createSqliteStore, createUpsolveTenantHandler, type TenantIdentity } from 'react-upsolve-tenant/server';

export interface TenantHandlerOptions {
  apiKey: string;
  upsolveUrl: string | undefined;
  client: Client;
  /** The app's own session → whose figures its tokens may show; null where nobody is signed in. */
  identify: (c: Context) => TenantIdentity | null;
}

/** Answers `/upsolve/…`: the API key stays on this side. */
export function createTenantHandler({ apiKey, upsolveUrl, client, identify }: TenantHandlerOptions) {
  return createUpsolveTenantHandler({
    apiKey,
    upsolveUrl,
    store: createSqliteStore({ client }),
    // Made at start: what an earlier run stored can't be read, and need not be.
    encryptionKeys: [randomBytes(32).toString('base64url')],
    identify: (_request, c: Context) => identify(c),
  });
}
