import { act, screen } from '@testing-library/react';
import { version } from 'react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { type InitialTenantAnswer, SecureUpsolveDashboard, UpsolveTenantProvider } from 'react-upsolve-tenant';
import { createFakeBackend, type FakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { expectConsole } from '../setup/console';
import { createWatcher, pass, renderPage } from './tenantPage';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }));
afterEach(() => void vi.useRealTimers());

/** An answer as a server component would have fetched it. */
async function fetchInitial(backend: FakeBackend): Promise<Record<string, unknown>> {
  const { endpoint, fetch } = backend.providerProps;
  const answer = await fetch(endpoint, { method: 'POST', body: JSON.stringify({ tenantId: 'a' }) });
  return (await answer.json()) as Record<string, unknown>;
}

async function renderWith(
  backend: FakeBackend,
  initialTenant: InitialTenantAnswer,
  tenantId: string | undefined = 'a',
) {
  const { watched, Watcher } = createWatcher();
  const page = (id: string | undefined) => (
    <UpsolveTenantProvider {...backend.providerProps} tenantId={id} initialTenant={initialTenant}>
      <Watcher />
    </UpsolveTenantProvider>
  );
  const { rerender } = await renderPage(page(tenantId));
  return { watched, rerender: (id: string) => rerender(page(id)) };
}

it('a valid answer of the server costs no request at mount and is refreshed at its lead', async () => {
  const backend = createFakeBackend({ lifetimeMs: 60 * MINUTE });
  const { watched } = await renderWith(backend, await fetchInitial(backend));
  expect(watched.tenant.status).toBe('ready');
  expect(backend.requests).toHaveLength(1);
  await pass(55 * MINUTE);
  expect(backend.requests).toHaveLength(2);
});

it.each([
  ['another tenant', { tenantId: 'b' }],
  ['no tenant where one is wanted', { tenantId: undefined }],
  ['an end that has passed', { expiresAt: new Date(Date.UTC(2029, 0, 1)) }],
  ['a token that does not decode', { token: 'a.b.c-is-no-token' }],
])('an answer with %s is dropped, at the cost of one request', async (_title, change) => {
  const backend = createFakeBackend();
  const { watched } = await renderWith(backend, { ...(await fetchInitial(backend)), ...change });
  expect(watched.tenant.status).toBe('ready');
  expect(backend.requests).toHaveLength(2);
});

it('its expiresIn has no start and is not believed', async () => {
  const backend = createFakeBackend();
  const { token: _token, ...rest } = await fetchInitial(backend);
  const opaque = { tenantId: rest.tenantId, token: 'opaque-'.repeat(4), expiresIn: 3600 };
  const { watched } = await renderWith(backend, opaque);
  expect(watched.tenant.tenant?.token).not.toBe(opaque.token);
});

it('is typed as an answer of any shape, written in place or not, and not as a promise of one', () => {
  interface Answer {
    token: string;
  }
  const answer: Answer = { token: 'an-opaque-token-of-a' };
  const answers: InitialTenantAnswer[] = [
    answer,
    { token: 'an-opaque-token-of-a', expires_in: 60 },
    // @ts-expect-error -- a promise, as of a server component that forgot to await
    Promise.resolve(answer),
  ];
  expect(answers).toHaveLength(3);
});

it('it counts for the first identity only', async () => {
  const backend = createFakeBackend();
  const { watched, rerender } = await renderWith(backend, await fetchInitial(backend));
  rerender('b');
  await pass(0);
  rerender('a');
  await pass(0);
  expect(watched.tenant.tenant?.id).toBe('a');
  expect(backend.requests.map(({ tenantId }) => tenantId)).toEqual(['a', 'b', 'a']);
});

it('a page from the server is hydrated without a mismatch, loading first and ready before it is painted', async () => {
  const backend = createFakeBackend();
  const page = (
    <UpsolveTenantProvider {...backend.providerProps} tenantId="a" initialTenant={await fetchInitial(backend)}>
      <SecureUpsolveDashboard dashboardId="sales" />
    </UpsolveTenantProvider>
  );
  const container = document.body.appendChild(document.createElement('div'));
  // React 18 warns of layout effects on a server, which here has a document. A real one has none, and gets no such effect.
  if (version.startsWith('18.')) expectConsole('error', /useLayoutEffect does nothing on the server/);
  container.innerHTML = renderToString(page);
  expect(container.querySelector('[data-status="loading"]')).not.toBeNull();
  let root!: Root;
  act(() => void (root = hydrateRoot(container, page)));
  expect(screen.getByRole('region', { name: /fake/i })).toBeVisible();
  expect(backend.requests).toHaveLength(1);
  act(() => root.unmount());
  container.remove();
});
