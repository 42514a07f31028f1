import {
  dehydrate,
  focusManager,
  IsRestoringProvider,
  notifyManager,
  onlineManager,
  QueryCache,
  QueryClient,
  QueryClientProvider,
} from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import { SecureUpsolveDashboard, UpsolveTenantProvider, useUpsolveTenant } from 'react-upsolve-tenant';
import { createFakeBackend, getTokenFingerprint } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { pass, renderPage } from './tenantPage';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }));
afterEach(() => void vi.useRealTimers());

/** Everything a host's client may do to queries, and a record of all it saw. */
function createHostileClient() {
  const seen: unknown[] = [];
  const record = (...values: unknown[]): void => void seen.push(...values);
  const client = new QueryClient({
    queryCache: new QueryCache({ onSuccess: record, onError: record, onSettled: record }),
    defaultOptions: {
      queries: {
        placeholderData: { token: 'placeholder' },
        initialData: { token: 'initial' },
        queryKeyHashFn: () => 'one hash for all',
        enabled: false,
        retry: 7,
        staleTime: 0,
        gcTime: Infinity,
        networkMode: 'offlineFirst',
        refetchInterval: 10,
        throwOnError: true,
        persister: (_queryFn, context) => {
          record(context);
          return new Promise(() => undefined);
        },
        select: (data: unknown) => {
          record(data);
          return data;
        },
      },
    },
  });
  client.getQueryCache().subscribe(record);
  return { client, seen };
}

function Tenant() {
  return <output>{useUpsolveTenant().tenant?.id}</output>;
}

it("a host's client, its defaults, callbacks and dehydrated state never see a tenant", async () => {
  const { client, seen } = createHostileClient();
  const backend = createFakeBackend();
  const broadcast = vi.spyOn(BroadcastChannel.prototype, 'postMessage');
  await renderPage(
    <QueryClientProvider client={client}>
      <UpsolveTenantProvider {...backend.providerProps} tenantId="a">
        <Tenant />
        <SecureUpsolveDashboard dashboardId="sales" />
      </UpsolveTenantProvider>
    </QueryClientProvider>,
  );
  const token = backend.getTenant()?.token ?? '';
  expect(screen.getByText(getTokenFingerprint(token))).toBeVisible();
  expect(seen).toEqual([]);
  expect(client.getQueryCache().getAll()).toEqual([]);
  expect(dehydrate(client).queries).toEqual([]);
  expect(broadcast).not.toHaveBeenCalled();
  act(() => client.clear());
  await pass(60_000);
  expect(document.querySelector('output')).toHaveTextContent('a');
  expect(backend.requests).toHaveLength(1);
  broadcast.mockRestore();
});

it('a host that is still restoring its persisted cache does not hold the tenant up', async () => {
  const backend = createFakeBackend();
  await renderPage(
    <QueryClientProvider client={new QueryClient()}>
      <IsRestoringProvider value>
        <UpsolveTenantProvider {...backend.providerProps} tenantId="a">
          <Tenant />
        </UpsolveTenantProvider>
      </IsRestoringProvider>
    </QueryClientProvider>,
  );
  expect(document.querySelector('output')).toHaveTextContent('a');
});

it('what a host has told the shared copy of the library of network, focus and rendering holds nobody up', async () => {
  onlineManager.setOnline(false);
  focusManager.setFocused(false);
  notifyManager.setScheduler(() => undefined);
  onTestFinished(() => {
    onlineManager.setOnline(true);
    focusManager.setFocused(undefined);
    notifyManager.setScheduler((run) => setTimeout(run, 0));
  });
  const backend = createFakeBackend({ lifetimeMs: 60_000 });
  await renderPage(
    <UpsolveTenantProvider {...backend.providerProps} tenantId="a">
      <Tenant />
    </UpsolveTenantProvider>,
  );
  expect(document.querySelector('output')).toHaveTextContent('a');
  backend.respondWith('server', { times: 1 });
  await pass(32_000);
  expect(document.querySelector('output')).toHaveTextContent('a');
  expect(backend.requests).toHaveLength(3);
});

it('an offline browser is asked all the same, and no storage holds the token', async () => {
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const backend = createFakeBackend();
  await renderPage(
    <UpsolveTenantProvider {...backend.providerProps} tenantId="a">
      <Tenant />
    </UpsolveTenantProvider>,
  );
  expect(document.querySelector('output')).toHaveTextContent('a');
  const token = backend.getTenant()?.token ?? '-';
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])).not.toContain(
    token,
  );
  onLine.mockRestore();
});
