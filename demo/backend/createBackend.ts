import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import type { DemoSessionChange, DemoState } from '../contract.ts';
import { APP_PAGE, type BuiltFiles } from '../buildPages.ts';
import { serveFiles, strictHeaders } from '../serveFiles.ts';
import { noteConnection } from './connections.ts';
import { injectFaults } from './injectFaults.ts';
import { changeSession, type Sessions } from './sessions.ts';
import type { DemoTenant } from './tenants.ts';

export interface BackendOptions {
  files: BuiltFiles;
  sessions: Sessions;
  tenants: readonly DemoTenant[];
  /** Answers `/upsolve/…`. */
  handler: (request: Request, context: Context) => Promise<Response>;
  frameSources: string[];
  facts: Pick<DemoState, 'hubUrl' | 'dashboardId' | 'isStandIn'>;
}

/** The app's own backend: its page, its sessions, and the package's handler under /upsolve. */
export function createBackend(options: BackendOptions): Hono<{ Bindings: HttpBindings }> {
  const { files, sessions, tenants, handler, frameSources, facts } = options;
  const app = new Hono<{ Bindings: HttpBindings }>();
  const tenantIds = tenants.map(({ id }) => id);
  const stateOf = (session: DemoState['session']): DemoState => ({
    ...facts,
    tenants: tenants.map(({ id, name }) => ({ id, name })),
    session,
  });

  app.use(noteConnection);
  app.use(strictHeaders({ frameSources, frameAncestors: ["'none'"] }));
  app.use('/upsolve/tenant/*', injectFaults(sessions.find));
  app.all('/upsolve/*', (c) => handler(c.req.raw, c));

  app.get('/demo/session', (c) => c.json(stateOf(sessions.open(c)), 200, { 'Cache-Control': 'no-store' }));
  app.post('/demo/session', async (c) => {
    const { tenantId } = await c.req.json<{ tenantId: string }>();
    if (!tenantIds.includes(tenantId)) return c.json({ error: 'Unknown tenant' }, 400);
    return c.json(stateOf(sessions.signIn(c, tenantId)));
  });
  app.patch('/demo/session', async (c) => {
    const session = sessions.find(c);
    if (!session) return c.json({ error: 'Not signed in' }, 401);
    changeSession(session, await c.req.json<DemoSessionChange>(), tenantIds);
    return c.json(stateOf(session));
  });
  app.delete('/demo/session', (c) => {
    sessions.signOut(c);
    return c.json(stateOf(null));
  });

  app.get('/', (c) => {
    c.header('Cache-Control', 'private, no-store');
    return c.html(String(files.get(APP_PAGE)));
  });
  app.use(serveFiles(files));
  return app;
}
