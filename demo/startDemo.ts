import { createClient } from '@libsql/client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createBackend } from './backend/createBackend.ts';
import { createForeignBackend } from './backend/foreignBackend.ts';
import { createSessions } from './backend/sessions.ts';
import { createTenantHandler } from './backend/tenantHandler.ts';
import { identityOf, listTenants } from './backend/tenants.ts';
import { buildPages } from './buildPages.ts';
import { listen } from './listen.ts';
import type { Settings } from './settings.ts';
import { createUpsolve } from './upsolve/createUpsolve.ts';

const REAL_HUBS = ['https://hub.upsolve.ai', 'https://ai-hub.upsolve.ai'];

export interface Demo {
  url: string;
  /** The stand-in for Upsolve, where there is one. */
  upsolveUrl: string | undefined;
  close(): void;
}

/** Builds the pages, starts the stand-in for Upsolve (unless a real key is given) and the app, each on its own port. */
export async function startDemo(settings: Settings): Promise<Demo> {
  const files = await buildPages();
  const upsolve = settings.isStandIn
    ? await listen(createUpsolve({ apiKey: settings.apiKey, files, lifetimeSeconds: settings.tokenSeconds }).fetch, 0)
    : undefined;

  const folder = mkdtempSync(join(tmpdir(), 'upsolve-demo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const client = createClient({ url: pathToFileURL(join(folder, 'tenants.sqlite')).href });
  const tenants = listTenants(settings);
  const sessions = createSessions({ tenantId: tenants[0]!.id, tokenSeconds: settings.tokenSeconds });
  const handler = settings.backendUrl
    ? createForeignBackend(settings.backendUrl, sessions.find)
    : createTenantHandler({
        apiKey: settings.apiKey,
        upsolveUrl: upsolve?.url,
        client,
        identify: (c) => {
          const session = sessions.find(c);
          return session && identityOf(session, tenants);
        },
      });
  const app = createBackend({
    files,
    sessions,
    tenants,
    handler,
    frameSources: upsolve ? [upsolve.url] : REAL_HUBS,
    facts: {
      isStandIn: settings.isStandIn,
      ...(upsolve && { hubUrl: upsolve.url }),
      ...(settings.dashboardId !== undefined && { dashboardId: settings.dashboardId }),
    },
  });
  const server = await listen(app.fetch as Parameters<typeof listen>[0], settings.port);

  return {
    url: server.url,
    upsolveUrl: upsolve?.url,
    close: () => {
      server.close();
      upsolve?.close();
      client.close();
    },
  };
}
