import { render, waitFor } from '@testing-library/react';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UpsolveTenantProvider } from 'react-upsolve-tenant';
import { createFakeTenant } from 'react-upsolve-tenant/testing';
import { afterEach, expect, it } from 'vitest';
import { expectConsole } from '../setup/console';
import { createWatcher } from './tenantPage';

const HOUR = 60 * 60_000;

let server: Server | undefined;
afterEach(() => void server?.close());

/** A plain HTTP server that answers each path with its JSON, and remembers what it was asked. */
async function serve(
  answers: Record<string, unknown>,
): Promise<{ url: (path: string) => string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  server = createServer((request, response) => {
    asked.push(request);
    request.resume();
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*, authorization, content-type');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[request.url ?? ''] ?? {}));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: (path) => `http://127.0.0.1:${port}${path}`, asked };
}

const { token } = createFakeTenant({ expiresAt: new Date(Date.now() + HOUR) });

it.each([
  ['{token, expiresIn}', { token, expiresIn: 3600 }, HOUR],
  ['{status, data: {token}}', { status: 'success', data: { message: 'ok', token } }, HOUR],
  ['bare {token}', { token }, HOUR],
  [
    '{token, expiresAt, permissions}',
    { token, expiresAt: new Date(Date.now() + HOUR / 2).toISOString(), permissions: { addFilter: true } },
    HOUR / 2,
  ],
  ['{token, expires_at} as an epoch', { token, expires_at: Math.floor((Date.now() + HOUR / 2) / 1000) }, HOUR / 2],
])('a provider with an endpoint alone understands %s over HTTP', async (_shape, answer, lifetimeMs) => {
  const { url } = await serve({ '/register': answer });
  if (!('permissions' in answer)) expectConsole('warn', /no answer carries permissions/);
  const { watched, Watcher } = createWatcher();
  render(
    <UpsolveTenantProvider endpoint={url('/register')}>
      <Watcher />
    </UpsolveTenantProvider>,
  );
  await waitFor(() => expect(watched.tenant.status).toBe('ready'));
  const { tenant } = watched.tenant;
  expect(tenant?.token).toBe(token);
  // The Date header is in whole seconds, and the request took its time.
  expect(Math.abs((tenant?.expiresAt.getTime() ?? 0) - Date.now() - lifetimeMs)).toBeLessThan(5_000);
  expect(watched.tenant.can('addFilter')).toBe('permissions' in answer);
});

it('permissions come from a second endpoint, asked with the token as Bearer', async () => {
  const { url, asked } = await serve({ '/register': { token }, '/permissions/': { permissions: { drillDown: true } } });
  const { watched, Watcher } = createWatcher();
  render(
    <UpsolveTenantProvider endpoint={url('/register')} permissionsEndpoint="/permissions/">
      <Watcher />
    </UpsolveTenantProvider>,
  );
  await waitFor(() => expect(watched.tenant.status).toBe('ready'));
  expect(watched.tenant.can('drillDown')).toBe(true);
  const permissions = asked.find(({ url: path, method }) => path === '/permissions/' && method === 'GET');
  expect(permissions?.headers.authorization).toBe(`Bearer ${token}`);
});
