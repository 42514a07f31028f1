import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { createRequestListener } from '@remix-run/node-fetch-server';
import { SignJWT } from 'jose';
import { createUpsolveTenantHandler, type SerializedTenant, type TenantStore } from '../../src/server';

export interface BenchBackend {
  readonly url: string;
  register(): Promise<SerializedTenant>;
  upsolveCalls(): number;
  faults(): number;
  close(): Promise<void>;
}

/** A backend as an app runs it, and an Upsolve that answers at once. */
export async function startBackend(store: TenantStore | undefined): Promise<BenchBackend> {
  const secret = randomBytes(32);
  let calls = 0;
  let faults = 0;
  const upsolve = await listen((_request, response) => {
    calls++;
    void new SignJWT({ data: { displayName: 'Bench' } })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(secret)
      .then((token) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ token })));
  });
  const key = randomBytes(32).toString('base64');
  const handler = createUpsolveTenantHandler({
    apiKey: randomBytes(16).toString('hex'),
    upsolveUrl: upsolve.url,
    identify: () => ({
      tenantId: 'bench',
      displayName: 'Bench',
      prefilters: { org_id: 1 },
      permissions: { addChart: true },
    }),
    onEvent: ({ type }) => void (type === 'fault' && faults++),
    ...(store ? { store, encryptionKeys: [key] } : { encryptionKeys: [key] }),
  });
  const backend = await listen(createRequestListener((request: Request) => handler(request)));
  return {
    url: backend.url,
    register: async () => {
      const response = await fetch(`${backend.url}/upsolve/tenant/register`, { method: 'POST' });
      return (await response.json()) as SerializedTenant;
    },
    upsolveCalls: () => calls,
    faults: () => faults,
    close: async () => {
      await Promise.all([backend, upsolve].map(({ server }) => close(server)));
    },
  };
}

async function listen(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
