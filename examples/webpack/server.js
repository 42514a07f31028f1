import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { createUpsolveTenantHandler } from 'react-upsolve-tenant/server';

/** Stands for your own: look up who the request's cookie belongs to. Here everybody is signed in to Acme. */
async function getSession(_request) {
  return { orgId: 'acme', orgName: 'Acme', permissions: { addChart: true } };
}

// The API key is read from UPSOLVE_API_KEY.
const handler = createUpsolveTenantHandler({
  upsolveUrl: process.env.UPSOLVE_API_URL,
  identify: async (request) => {
    const session = await getSession(request);
    if (!session) return null;
    const { orgId: tenantId, orgName: displayName, permissions } = session;
    return { tenantId, displayName, prefilters: { org_id: tenantId }, permissions };
  },
});

const app = new Hono()
  .all('/upsolve/*', (c) => handler(c.req.raw, c))
  .get('/greeting', (c) => c.text('Hello, Acme'))
  .get('/dist/*', serveStatic({ root: '.' }))
  .get('/', serveStatic({ path: 'index.html' }));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT ?? 3000) }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
);
