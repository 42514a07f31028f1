import { act, screen } from '@testing-library/react';
import { memo, type ReactElement, StrictMode, startTransition, useLayoutEffect, useState } from 'react';
import { SecureUpsolveDashboard, UpsolveTenantProvider, useUpsolveTenant } from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createWatcher, pass, renderPage } from './tenantPage';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }));
afterEach(() => void vi.useRealTimers());

describe('a switch of tenant', () => {
  /** Shows whose token it runs on, and on record in every render. */
  function createPage() {
    const backend = createFakeBackend();
    const seen: { wanted: string; id: string | undefined }[] = [];
    let switchTo = (_id: string): void => undefined;
    let wanted = 'a';
    const Probe = memo(function Probe() {
      const { tenant } = useUpsolveTenant();
      seen.push({ wanted, id: tenant?.id });
      return <output>{tenant?.id}</output>;
    });
    function Page(): ReactElement {
      const [tenantId, setTenantId] = useState('a');
      switchTo = (id) => setTenantId(id);
      wanted = tenantId;
      return (
        <UpsolveTenantProvider {...backend.providerProps} tenantId={tenantId}>
          <Probe />
          <SecureUpsolveDashboard dashboardId="sales" />
        </UpsolveTenantProvider>
      );
    }
    return { backend, seen, Page, switchTo: (id: string) => switchTo(id) };
  }

  it.each(['at once', 'in a transition'])('shows no render of the former tenant, %s', async (way) => {
    const { backend, seen, Page, switchTo } = createPage();
    await renderPage(
      <StrictMode>
        <Page />
      </StrictMode>,
    );
    for (const id of ['b', 'a', 'c', 'b']) {
      act(() => (way === 'at once' ? switchTo(id) : startTransition(() => switchTo(id))));
      await pass(0);
      expect(document.querySelector('output')).toHaveTextContent(id);
    }
    expect(seen.filter(({ wanted, id }) => id !== undefined && id !== wanted)).toEqual([]);
    expect(backend.requests.map(({ tenantId }) => tenantId)).toEqual(['a', 'b', 'a', 'c', 'b']);
  });

  it('is over before any effect of the app: a clear() in the very commit is of the new tenant', async () => {
    const backend = createFakeBackend();
    function Page({ tenantId }: { tenantId: string }): ReactElement {
      return (
        <UpsolveTenantProvider {...backend.providerProps} tenantId={tenantId}>
          <ClearsFor tenantId={tenantId} />
          <SecureUpsolveDashboard dashboardId="sales" idleFallback="Signed out" />
        </UpsolveTenantProvider>
      );
    }
    function ClearsFor({ tenantId }: { tenantId: string }): null {
      const { clear } = useUpsolveTenant();
      useLayoutEffect(() => {
        if (tenantId === 'b') clear();
      }, [tenantId, clear]);
      return null;
    }
    const { rerender } = await renderPage(<Page tenantId="a" />);
    rerender(<Page tenantId="b" />);
    await pass(60_000);
    expect(screen.getByText('Signed out')).toBeVisible();
    expect(backend.requests.map(({ tenantId }) => tenantId)).toEqual(['a']);
  });

  it('in an effect of the app, at the answer of refresh(), rejects that refresh() with aborted', async () => {
    const backend = createFakeBackend();
    let isLeaving = false;
    let refresh!: () => Promise<unknown>;
    function Leaves(): null {
      const { tenant, clear, ...rest } = useUpsolveTenant();
      refresh = rest.refresh;
      useLayoutEffect(() => {
        if (isLeaving && tenant) clear();
      }, [tenant, clear]);
      return null;
    }
    await renderPage(
      <UpsolveTenantProvider {...backend.providerProps}>
        <Leaves />
      </UpsolveTenantProvider>,
    );
    isLeaving = true;
    // act() would commit later than a page does.
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
    onTestFinished(() => void vi.unstubAllGlobals());
    await expect(refresh()).rejects.toMatchObject({ code: 'aborted' });
  });

  it('lets a late answer of the former tenant land nowhere, in every order', async () => {
    const { backend, seen, Page, switchTo } = createPage();
    backend.hang({ ignoreAbort: true });
    await renderPage(<Page />);
    act(() => switchTo('b'));
    await pass(0);
    act(() => switchTo('c'));
    await pass(0);
    backend.release();
    await pass(0);
    expect(document.querySelector('output')).toHaveTextContent('c');
    expect(seen.filter(({ wanted, id }) => id !== undefined && id !== wanted)).toEqual([]);
  });
});

it('clear() empties every guard and hook in the same tick, and nothing but refresh() asks again', async () => {
  const backend = createFakeBackend();
  const { watched, Watcher } = createWatcher();
  await renderPage(
    <UpsolveTenantProvider {...backend.providerProps}>
      <Watcher />
      <SecureUpsolveDashboard dashboardId="sales" />
    </UpsolveTenantProvider>,
  );
  expect(screen.getByRole('region', { name: /fake/i })).toBeVisible();
  act(() => watched.tenant.clear());
  expect(screen.queryByRole('region', { name: /fake/i })).toBeNull();
  expect(watched.tenant).toMatchObject({ status: 'idle', tenant: null });
  await pass(2 * 60 * 60_000);
  act(() => void window.dispatchEvent(new Event('focus')));
  act(() => void window.dispatchEvent(new Event('online')));
  await pass(60_000);
  expect(backend.requests).toHaveLength(1);
  await act(() => watched.tenant.refresh());
  expect(watched.tenant.status).toBe('ready');
  expect(backend.requests).toHaveLength(2);
});

it('an answer that comes after clear() lands nowhere', async () => {
  const backend = createFakeBackend();
  backend.hang({ ignoreAbort: true });
  const { watched, Watcher } = createWatcher();
  await renderPage(
    <UpsolveTenantProvider {...backend.providerProps}>
      <Watcher />
    </UpsolveTenantProvider>,
  );
  act(() => watched.tenant.clear());
  backend.release();
  await pass(0);
  expect(watched.tenant.status).toBe('idle');
});

it('two providers keep two tenants, each with its own requests', async () => {
  const one = createFakeBackend();
  const two = createFakeBackend();
  const first = createWatcher();
  const second = createWatcher();
  await renderPage(
    <>
      <UpsolveTenantProvider {...one.providerProps} tenantId="one">
        <first.Watcher />
      </UpsolveTenantProvider>
      <UpsolveTenantProvider {...two.providerProps} tenantId="two">
        <second.Watcher />
      </UpsolveTenantProvider>
    </>,
  );
  expect([first.watched.tenant.tenant?.id, second.watched.tenant.tenant?.id]).toEqual(['one', 'two']);
  expect(first.watched.tenant.tenant?.token).not.toBe(second.watched.tenant.tenant?.token);
  act(() => first.watched.tenant.clear());
  expect([first.watched.tenant.status, second.watched.tenant.status]).toEqual(['idle', 'ready']);
});

it('another user of the same tenant is another identity', async () => {
  const backend = createFakeBackend();
  const { watched, Watcher } = createWatcher();
  const page = (user: string) => (
    <UpsolveTenantProvider {...backend.providerProps} tenantId="a" sessionKey={user}>
      <Watcher />
    </UpsolveTenantProvider>
  );
  const { rerender } = await renderPage(page('first'));
  backend.hang();
  rerender(page('second'));
  expect(watched.tenant.status).toBe('loading');
  expect(backend.requests.some(({ url }) => url.includes('second'))).toBe(false);
});
