import { Hono } from 'hono';
import { SHARE_PAGE, type BuiltFiles } from '../buildPages.ts';
import { serveFiles, strictHeaders } from '../serveFiles.ts';
import { registerTenant } from './registerTenant.ts';
import type { SharedPage } from './sharedPage.ts';
import { createTenantTokens } from './tenantTokens.ts';

export interface UpsolveOptions {
  apiKey: string;
  files: BuiltFiles;
  /** Of tokens whose registration says nothing of it. @default an hour, as Upsolve's */
  lifetimeSeconds?: number | null;
}

/** A stand-in for Upsolve: the one call of its API that the backend makes, and the pages of its hub that a frame shows. */
export function createUpsolve({ apiKey, files, lifetimeSeconds }: UpsolveOptions): Hono {
  const tokens = createTenantTokens();
  const app = new Hono();

  app.use(strictHeaders({ frameSources: ["'none'"], frameAncestors: ['http://127.0.0.1:*'] }));
  app.post(
    '/v1/api/tenant/register-tenant',
    registerTenant({ apiKey, tokens, defaultLifetimeSeconds: lifetimeSeconds ?? undefined }),
  );
  app.get('/share/:kind{dashboard|chat|application}/:id', async (c) => {
    const claims = await tokens.verify(c.req.query('jwt') ?? '');
    const page: SharedPage = {
      kind: c.req.param('kind') as SharedPage['kind'],
      id: c.req.param('id'),
      theme: c.req.query('theme') === 'dark' ? 'dark' : 'light',
      permissions: claims?.payload.tenantEditingPermissions ?? null,
    };
    // No `<` may end the script element early.
    const data = JSON.stringify(page).replaceAll('<', '\\u003c');
    const html = String(files.get(SHARE_PAGE)).replace('id="shared">', (start) => start + data);
    c.header('Cache-Control', 'private, no-store');
    return c.html(html, claims ? 200 : 401);
  });
  app.use(serveFiles(files));
  return app;
}
