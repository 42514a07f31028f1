import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { SerializedTenant, TenantStore } from '../../src/server';

/** What ships: the sources pay for what runs them. */
const { createUpsolveTenantHandler } = (await import(
  new URL('../../dist/server.js', import.meta.url).href
)) as typeof import('../../src/server');

export interface BenchBackend {
  readonly url: string;
  /** Among how many tenants it spreads requests that name none. */
  tenants: number;
  register(tenant: string): Promise<SerializedTenant>;
  countFaults(): number;
  close(): Promise<void>;
}

/**
 * A backend as an app runs it, in Hono. Beside the handler, what a backend can't do without: `/bare` reads the same body
 * and gives back the same answer, headers included; `/bare/upstream` asks Upsolve before.
 */
export async function startBackend(store: TenantStore | undefined, upsolveUrl: string): Promise<BenchBackend> {
  let faults = 0;
  let asked = 0;
  const backend = { tenants: 1 };
  const key = randomBytes(32).toString('base64');
  const handler = createUpsolveTenantHandler({
    apiKey: randomBytes(16).toString('hex'),
    upsolveUrl,
    identify(request) {
      // One after the other: connections that sent their tenants in step would share each call of Upsolve.
      const tenantId = request.headers.get('x-tenant') ?? `tenant-${asked++ % backend.tenants}`;
      return { tenantId, displayName: tenantId, prefilters: { org: tenantId }, permissions: { addChart: true } };
    },
    onEvent: ({ type }) => void (type === 'fault' && faults++),
    ...(store ? { store, encryptionKeys: [key] } : { encryptionKeys: [key] }),
  });

  const app = new Hono().all('/upsolve/*', (c) => handler(c.req.raw, c));
  const bare: { answer?: SerializedTenant } = {};
  app.post('/bare', async (c) => {
    await c.req.json();
    return c.json(bare.answer, 200, privateHeaders());
  });
  app.post('/bare/upstream', async (c) => {
    const body = JSON.stringify(await c.req.json());
    const response = await fetch(upsolveUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { token } = (await response.json()) as { token: string };
    return c.json({ ...bare.answer, token }, 200, privateHeaders());
  });

  const server = createAdaptorServer({ fetch: app.fetch, hostname: '127.0.0.1' });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  async function register(tenant: string): Promise<SerializedTenant> {
    const headers = { 'content-type': 'application/json', 'x-tenant': tenant };
    const body = JSON.stringify({ tenantId: tenant });
    const response = await fetch(`${url}/upsolve/tenant/register`, { method: 'POST', headers, body });
    return (await response.json()) as SerializedTenant;
  }
  bare.answer = await register('bare');
  return Object.assign(backend, {
    url,
    register,
    countFaults: () => faults,
    close: async () => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** What no answer with a token may lack. */
function privateHeaders(): Record<string, string> {
  return {
    'cache-control': 'private, no-store',
    date: new Date().toUTCString(),
    vary: 'Origin',
    'x-content-type-options': 'nosniff',
  };
}
