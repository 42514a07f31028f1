import { render } from '@testing-library/react';
import { StrictMode, useState } from 'react';
import { SecureUpsolveDashboard, UpsolveTenantProvider, useTokenRefresh, useUpsolveTenant } from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWatcher, pass, renderPage } from './tenantPage';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }));
afterEach(() => void vi.useRealTimers());

it('StrictMode costs one request', async () => {
  const backend = createFakeBackend();
  await renderPage(
    <StrictMode>
      <UpsolveTenantProvider {...backend.providerProps}>
        <SecureUpsolveDashboard dashboardId="a" />
      </UpsolveTenantProvider>
    </StrictMode>,
  );
  await pass(10_000);
  expect(backend.requests).toHaveLength(1);
});

it('100 guards and 100 hooks under one provider cost one request, and a second one only at the refresh', async () => {
  const backend = createFakeBackend({ lifetimeMs: 2 * MINUTE });
  function Hooks() {
    useUpsolveTenant();
    useTokenRefresh();
    return null;
  }
  const { container } = await renderPage(
    <UpsolveTenantProvider {...backend.providerProps}>
      {Array.from({ length: 100 }, (_, index) => (
        <div key={index}>
          <SecureUpsolveDashboard dashboardId="a" />
          <Hooks />
        </div>
      ))}
    </UpsolveTenantProvider>,
  );
  expect(container.querySelectorAll('[aria-label="Fake Upsolve dashboard"]')).toHaveLength(100);
  expect(backend.requests).toHaveLength(1);
  await pass(1.2 * MINUTE);
  expect(backend.requests).toHaveLength(2);
});

it("the host's children render 0 times during ticks and refreshes", async () => {
  const backend = createFakeBackend({ lifetimeMs: MINUTE });
  let hostRenders = 0;
  function Host() {
    hostRenders += 1;
    return <p>host</p>;
  }
  await renderPage(
    <UpsolveTenantProvider {...backend.providerProps}>
      <Host />
      <SecureUpsolveDashboard dashboardId="a" />
    </UpsolveTenantProvider>,
  );
  await pass(5 * MINUTE);
  expect(backend.requests.length).toBeGreaterThan(5);
  expect(hostRenders).toBe(1);
});

it('ticks without news render no hook either', async () => {
  const backend = createFakeBackend({ lifetimeMs: 60 * MINUTE });
  const { watched, Watcher } = createWatcher();
  await renderPage(
    <UpsolveTenantProvider {...backend.providerProps}>
      <Watcher />
    </UpsolveTenantProvider>,
  );
  const before = watched.renders.length;
  await pass(30 * MINUTE);
  expect(watched.renders).toHaveLength(before);
});

it('inline props of a parent that renders again cause no request and no remount', async () => {
  const backend = createFakeBackend();
  let mounts = 0;
  let renderParent = (): void => undefined;
  function Dashboard() {
    useState(() => (mounts += 1));
    return <p>dashboard</p>;
  }
  function Parent() {
    const [count, setCount] = useState(0);
    renderParent = () => setCount(count + 1);
    return (
      <UpsolveTenantProvider
        {...backend.providerProps}
        headers={{ 'x-count': '1' }}
        body={{ a: 1 }}
        onEvent={() => undefined}
        onError={() => undefined}
        dashboardDefaults={{ labels: { loading: 'one moment' } }}
      >
        <SecureUpsolveDashboard dashboard={Dashboard} />
      </UpsolveTenantProvider>
    );
  }
  await renderPage(<Parent />);
  for (let count = 0; count < 3; count += 1) {
    renderParent();
    await pass(0);
  }
  expect(backend.requests).toHaveLength(1);
  expect(mounts).toBe(1);
});

it('the newest headers and the newest callbacks are the ones used', async () => {
  const backend = createFakeBackend({ lifetimeMs: MINUTE });
  const asked: string[] = [];
  const heard: string[] = [];
  const page = (version: string) => (
    <UpsolveTenantProvider
      {...backend.providerProps}
      headers={() => {
        asked.push(version);
        return {};
      }}
      onEvent={(event) => void (event.type === 'success' && heard.push(version))}
    >
      <SecureUpsolveDashboard dashboardId="a" />
    </UpsolveTenantProvider>
  );
  const { rerender } = await renderPage(page('first'));
  rerender(page('second'));
  await pass(MINUTE / 2);
  expect(asked).toEqual(['first', 'second']);
  expect(heard).toEqual(['first', 'second']);
});

it('one timer is alive at rest, and none after unmount, however many mounts and refreshes there were', async () => {
  const backend = createFakeBackend({ lifetimeMs: MINUTE });
  const page = (
    <UpsolveTenantProvider {...backend.providerProps}>
      <SecureUpsolveDashboard dashboardId="a" handover="immediate" />
    </UpsolveTenantProvider>
  );
  const added = vi.spyOn(EventTarget.prototype, 'addEventListener');
  const removed = vi.spyOn(EventTarget.prototype, 'removeEventListener');
  const isOfPage = (target: unknown): boolean => target === window || target === document;
  const count = (spy: typeof added | typeof removed): number => spy.mock.contexts.filter(isOfPage).length;
  for (let mount = 0; mount < 50; mount += 1) {
    const { unmount } = render(page);
    await pass(mount % 2 ? 0 : 2 * MINUTE);
    expect(vi.getTimerCount()).toBe(1);
    unmount();
    await pass(0);
    expect(vi.getTimerCount()).toBe(0);
  }
  // React keeps its own listeners on the container; the page's are ours alone.
  expect(count(added) - count(removed)).toBe(0);
  const requests = backend.requests.length;
  await pass(10 * MINUTE);
  expect(backend.requests).toHaveLength(requests);
});
