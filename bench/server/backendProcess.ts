import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createUpsolveTenantHandler, type UpsolveTenantHandlerOptions } from '../../src/server';
import { openBenchStore } from './benchStores';
import type { Side } from './startBackend';

const [side, upsolveUrl = ''] = process.argv.slice(2) as [Side, string];
let faults = 0;
const { app, close } = await createApp();
const listener = getRequestListener(app.fetch);
const server = createServer((request, response) => void listener(request, response));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('message', (what) => void (what === 'close' ? end() : tellFaults()));
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

async function createApp(): Promise<{ app: Hono; close: () => Promise<void> }> {
  const path = '/upsolve/tenant/register';
  const ask = async (): Promise<object> => (await fetch(upsolveUrl, { method: 'POST', body: '{}' })).json() as object;
  const answer = { tenantId: 'bench', ...(await ask()), expiresIn: 3_600, permissions: { addChart: true } };
  const close = (): Promise<void> => Promise.resolve();
  if (side === 'bare Hono') return { app: new Hono().post(path, (c) => c.json(answer)), close };
  if (side === 'bare Hono, one upstream call') {
    return { app: new Hono().post(path, async (c) => c.json({ ...answer, ...(await ask()) })), close };
  }
  const kept = openBenchStore(side);
  const handler = createUpsolveTenantHandler({
    apiKey: randomBytes(16).toString('hex'),
    upsolveUrl,
    identify(request) {
      const tenantId = request.headers.get('x-tenant') ?? 'bench';
      return { tenantId, displayName: tenantId, prefilters: { org_id: tenantId }, permissions: { addChart: true } };
    },
    onEvent: ({ type }) => void (type === 'fault' && faults++),
    ...(kept.store && { store: kept.store, encryptionKeys: [randomBytes(32).toString('base64')] }),
  } as UpsolveTenantHandlerOptions);
  return { app: new Hono().all('/upsolve/*', (c) => handler(c.req.raw, c)), close: kept.close };
}

function tellFaults(): void {
  process.send?.(faults);
  faults = 0;
}

async function end(): Promise<void> {
  server.closeAllConnections();
  server.close();
  await close();
  process.send?.(0);
}
