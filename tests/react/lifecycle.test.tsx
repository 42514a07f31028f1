import { act, screen } from '@testing-library/react';
import * as React from 'react';
import { SecureUpsolveDashboard, UpsolveTenantProvider } from 'react-upsolve-tenant';
import { createFakeBackend, type FakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWatcher, pass, renderPage } from './tenantPage';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }));
afterEach(() => {
  setVisibility('visible');
  vi.useRealTimers();
});

const dashboard = (): HTMLElement | null => screen.queryByRole('region', { name: /fake/i });

function setVisibility(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
  document.dispatchEvent(new Event('visibilitychange'));
}

function dispatchPage(type: 'pagehide' | 'pageshow'): void {
  window.dispatchEvent(Object.assign(new Event(type), { persisted: true }));
}

function page(backend: FakeBackend) {
  return (
    <UpsolveTenantProvider {...backend.providerProps}>
      <SecureUpsolveDashboard dashboardId="a" />
    </UpsolveTenantProvider>
  );
}

describe('unmount', () => {
  it.each(['while the first request runs', 'at rest', 'while a refresh runs', 'while a retry waits'])(
    'leaves nothing that asks or waits: %s',
    async (stage) => {
      const backend = createFakeBackend({ lifetimeMs: 10 * MINUTE });
      if (stage.includes('first')) backend.hang({ ignoreAbort: true });
      const { unmount } = await renderPage(page(backend));
      if (stage.includes('refresh')) backend.hang({ ignoreAbort: true });
      if (stage.includes('retry')) backend.respondWith('server');
      if (!stage.includes('first') && stage !== 'at rest') await pass(5 * MINUTE + 1);
      unmount();
      await pass(0);
      const { length } = backend.requests;
      expect(vi.getTimerCount()).toBe(0);
      act(() => void window.dispatchEvent(new Event('online')));
      backend.release();
      await pass(2 * HOUR);
      expect(backend.requests).toHaveLength(length);
    },
  );
});

describe('a page that slept', () => {
  it('closes the gate within a tick and asks once, with the tab visible and no event', async () => {
    const backend = createFakeBackend();
    await renderPage(page(backend));
    backend.hang();
    backend.clock.sleep(2 * HOUR);
    await pass(1_000);
    expect(dashboard()).toBeNull();
    expect(backend.requests).toHaveLength(2);
    backend.release();
    await pass(0);
    expect(dashboard()).toBeVisible();
  });

  it('shows no dead token in the commit in which it becomes visible', async () => {
    const backend = createFakeBackend();
    await renderPage(page(backend));
    act(() => setVisibility('hidden'));
    backend.clock.sleep(2 * HOUR);
    backend.hang();
    act(() => setVisibility('visible'));
    expect(dashboard()).toBeNull();
    await pass(0);
    expect(backend.requests).toHaveLength(2);
  });

  it('reads as expired after a jump with no timer run at all', async () => {
    const backend = createFakeBackend();
    const { watched, Watcher } = createWatcher();
    const tree = (key: number) => (
      <UpsolveTenantProvider {...backend.providerProps}>
        <Watcher key={key} />
      </UpsolveTenantProvider>
    );
    const { rerender } = await renderPage(tree(1));
    backend.clock.sleep(2 * HOUR);
    rerender(tree(2));
    expect(watched.tenant.status).toBe('expired');
  });
});

describe('the back/forward cache', () => {
  it('takes the page without a token, and gives it back as expired until one refresh succeeds', async () => {
    const backend = createFakeBackend();
    const { watched, Watcher } = createWatcher();
    await renderPage(
      <UpsolveTenantProvider {...backend.providerProps}>
        <Watcher />
        <SecureUpsolveDashboard dashboardId="a" />
      </UpsolveTenantProvider>,
    );
    act(() => dispatchPage('pagehide'));
    expect(dashboard()).toBeNull();
    await pass(HOUR);
    expect(backend.requests).toHaveLength(1);
    backend.hang();
    act(() => dispatchPage('pageshow'));
    expect(watched.tenant.status).toBe('expired');
    backend.release();
    await pass(0);
    expect(dashboard()).toBeVisible();
    expect(backend.requests).toHaveLength(2);
  });
});

// React 18 has no Activity.
const Activity = (React as { Activity?: React.ComponentType<{ mode: string; children: React.ReactNode }> }).Activity;

describe.runIf(Activity)('a hidden Activity', () => {
  const tree = (backend: FakeBackend, mode: string, Shown = Activity as NonNullable<typeof Activity>) => (
    <Shown mode={mode}>{page(backend)}</Shown>
  );

  it('costs no request and no reload when it is revealed', async () => {
    const backend = createFakeBackend();
    const { rerender } = await renderPage(tree(backend, 'visible'));
    const before = dashboard();
    rerender(tree(backend, 'hidden'));
    await pass(10 * MINUTE);
    expect(vi.getTimerCount()).toBe(0);
    rerender(tree(backend, 'visible'));
    await pass(0);
    expect(dashboard()).toBe(before);
    expect(backend.requests).toHaveLength(1);
  });

  it('shows no dead token in the commit that reveals it', async () => {
    const backend = createFakeBackend();
    const { rerender } = await renderPage(tree(backend, 'visible'));
    rerender(tree(backend, 'hidden'));
    await pass(2 * HOUR);
    backend.hang();
    rerender(tree(backend, 'visible'));
    expect(dashboard()).toBeNull();
    await pass(0);
    expect(backend.requests).toHaveLength(2);
  });
});
