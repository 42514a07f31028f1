import { screen } from '@testing-library/react';
import { SecureUpsolveDashboard, UpsolveTenantProvider, type UpsolveTenantProviderProps } from 'react-upsolve-tenant';
import { createFakeBackend, FakeUpsolveDashboard } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { expectConsole } from '../setup/console';
import { endPage, startPage } from './pageWorld';
import { createWatcher, pass, renderPage } from './tenantPage';

const MINUTE = 60_000;

beforeEach(startPage);
afterEach(endPage);

/** A page whose organisation is known only after its first render. */
async function show(backend: ReturnType<typeof createFakeBackend>, props: Partial<UpsolveTenantProviderProps> = {}) {
  const { watched, Watcher } = createWatcher();
  const onMount = vi.fn();
  const onError = vi.fn();
  const page = (tenantId: string | undefined) => (
    <UpsolveTenantProvider {...backend.providerProps} {...props} tenantId={tenantId} onError={onError}>
      <Watcher />
      <SecureUpsolveDashboard dashboard={FakeUpsolveDashboard} onMount={onMount} />
    </UpsolveTenantProvider>
  );
  const { rerender } = await renderPage(page(undefined));
  return { watched, onMount, onError, rerender: (tenantId: string) => rerender(page(tenantId)) };
}

it('an id that comes late, and that the answer has echoed, is no other tenant', async () => {
  const backend = createFakeBackend({ tenantId: 'acme' });
  const { watched, onMount, onError, rerender } = await show(backend);
  const { tenant } = watched.tenant;
  expect(tenant?.id).toBe('acme');
  rerender('acme');
  expect(watched.tenant.tenant).toBe(tenant);
  await pass(MINUTE);
  expect(watched.renders.every(({ status }) => status === 'loading' || status === 'ready')).toBe(true);
  expect(onMount).toHaveBeenCalledTimes(1);
  expect(backend.requests).toHaveLength(1);
  await pass(55 * MINUTE);
  expect(backend.requests.map(({ tenantId }) => tenantId)).toEqual([undefined, 'acme']);
  expect(watched.tenant).toMatchObject({ status: 'ready', tenant: { id: 'acme' } });
  expect(onError).not.toHaveBeenCalled();
});

it('an id that comes late, while the first request runs, is asked for, and nothing is told of it', async () => {
  const backend = createFakeBackend({ tenantId: 'acme' });
  backend.hang();
  const { watched, onError, rerender } = await show(backend);
  rerender('acme');
  await pass(0);
  backend.release();
  await pass(0);
  expect(watched.tenant).toMatchObject({ status: 'ready', tenant: { id: 'acme' } });
  expect(onError).not.toHaveBeenCalled();
});

it('another id than the echoed one is another tenant', async () => {
  const backend = createFakeBackend({ tenantId: 'acme' });
  const { watched, onMount, rerender } = await show(backend);
  backend.hang();
  rerender('beta');
  expect(watched.tenant).toMatchObject({ status: 'loading', tenant: null });
  await pass(0);
  backend.release();
  await pass(0);
  expect(watched.tenant.tenant?.id).toBe('beta');
  expect(onMount).toHaveBeenCalledTimes(2);
});

it('the developer is told to write null until the organisation is known', async () => {
  expectConsole('warn', /\?\? null/);
  const backend = createFakeBackend({ tenantId: 'acme' });
  // A fetch that isn't marked as one of a fake.
  const { rerender } = await show(backend, { fetch: (...asked) => backend.providerProps.fetch(...asked) });
  rerender('acme');
});

it('a tenantId that is no number yet asks nothing', async () => {
  const backend = createFakeBackend();
  const { watched, Watcher } = createWatcher();
  const page = (tenantId: number) => (
    <UpsolveTenantProvider {...backend.providerProps} tenantId={tenantId}>
      <Watcher />
      <SecureUpsolveDashboard idleFallback="Choose an organisation" />
    </UpsolveTenantProvider>
  );
  const { rerender } = await renderPage(page(Number('the route is not ready')));
  await pass(MINUTE);
  expect(watched.tenant.status).toBe('idle');
  expect(screen.getByText('Choose an organisation')).toBeVisible();
  expect(backend.requests).toHaveLength(0);
  rerender(page(7));
  await pass(0);
  expect(watched.tenant.tenant?.id).toBe('7');
});

it.each([
  ['sessionKey', { sessionKey: { id: 1 } }],
  ['sessionKey', { sessionKey: () => 'ann' }],
  ['tenantId', { tenantId: { id: 'acme' } }],
  ['tenantId', { tenantId: Number.POSITIVE_INFINITY }],
])('a %s that can’t tell two apart is refused by name, and nothing is sent', async (name, props) => {
  const backend = createFakeBackend();
  const { watched, Watcher } = createWatcher();
  await renderPage(
    <UpsolveTenantProvider {...backend.providerProps} {...(props as object)}>
      <Watcher />
    </UpsolveTenantProvider>,
  );
  expect(watched.tenant).toMatchObject({ status: 'error', error: { code: 'invalid_options' } });
  expect(watched.tenant.error?.message).toContain(name);
  expect(backend.requests).toHaveLength(0);
});
