import { act, render, screen } from '@testing-library/react';
import { type ReactElement, useLayoutEffect } from 'react';
import { SecureUpsolveDashboard, UpsolveTenantProvider } from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endPage, holdViews, startPage, stubChannels, watchListeners } from './pageWorld';
import { createWatcher, pass, renderPage } from './tenantPage';

const HOUR = 60 * 60_000;

beforeEach(startPage);
afterEach(endPage);

describe('what listens to the page', () => {
  it('is one for all providers, is not more after 500 mounts, and is gone with the last token', async () => {
    holdViews();
    const getListeners = watchListeners();
    const channels = stubChannels();
    const backend = createFakeBackend();
    const page = (
      <UpsolveTenantProvider {...backend.providerProps}>
        <SecureUpsolveDashboard />
      </UpsolveTenantProvider>
    );
    const counts = new Set<number>();
    for (let mount = 0; mount < 500; mount += 1) {
      const { unmount } = render(page);
      unmount();
      vi.advanceTimersByTime(1);
      counts.add(getListeners());
    }
    // Without a token nothing is kept.
    expect([...counts]).toEqual([0]);
    const { unmount } = await renderPage(
      <>
        {page}
        {page}
        {page}
      </>,
    );
    expect(channels.open.size).toBe(1);
    unmount();
    await pass(0);
    const kept = getListeners();
    for (let mount = 0; mount < 50; mount += 1) {
      (await renderPage(page)).unmount();
      await pass(0);
      expect([getListeners(), channels.open.size]).toEqual([kept, 1]);
    }
    backend.clock.sleep(2 * HOUR);
    act(() => void window.dispatchEvent(new Event('focus')));
    expect([getListeners(), channels.open.size]).toEqual([0, 0]);
    expect(backend.requests).toHaveLength(53);
  });

  it('still hears the other tabs after a tenant that was not known at first', async () => {
    const channels = stubChannels();
    const backend = createFakeBackend();
    const page = (tenantId: string | null): ReactElement => (
      <UpsolveTenantProvider {...backend.providerProps} tenantId={tenantId} sessionKey="ann">
        <SecureUpsolveDashboard />
      </UpsolveTenantProvider>
    );
    const { rerender } = await renderPage(page(null));
    rerender(page('acme'));
    await pass(1_000);
    expect(channels.open.size).toBe(1);
  });

  it('is gone once the last view that kept a token has been collected', async () => {
    const getListeners = watchListeners();
    const channels = stubChannels();
    let isCollected = false;
    let isRegistered = false;
    let notice: () => unknown = () => undefined;
    vi.stubGlobal(
      'WeakRef',
      class {
        constructor(readonly target: object) {}
        deref = (): object | undefined => (isCollected ? undefined : this.target);
      },
    );
    vi.stubGlobal(
      'FinalizationRegistry',
      class {
        constructor(callback: () => void) {
          notice = () => isRegistered && callback();
        }
        register(): void {
          isRegistered = true;
        }
      },
    );
    const backend = createFakeBackend();
    const { unmount } = await renderPage(<UpsolveTenantProvider {...backend.providerProps} />);
    unmount();
    await pass(0);
    expect(channels.open.size).toBe(1);
    isCollected = true;
    notice();
    expect([getListeners(), channels.open.size]).toEqual([0, 0]);
  });

  it('opens the way to other tabs only after the page was painted', async () => {
    const channels = stubChannels();
    const backend = createFakeBackend();
    let atLayout: number | undefined;
    function Probe(): null {
      useLayoutEffect(() => {
        atLayout = channels.open.size;
      }, []);
      return null;
    }
    await renderPage(
      <UpsolveTenantProvider {...backend.providerProps}>
        <Probe />
      </UpsolveTenantProvider>,
    );
    expect([atLayout, channels.open.size]).toEqual([0, 1]);
  });
});

it('what else is said on the channel clears nobody, not even a session without a name', async () => {
  const channels = stubChannels();
  const backend = createFakeBackend();
  const { watched, Watcher } = createWatcher();
  await renderPage(
    <UpsolveTenantProvider {...backend.providerProps}>
      <Watcher />
    </UpsolveTenantProvider>,
  );
  for (const data of [null, undefined, '', 0, {}, 'another session']) channels.deliver(data);
  expect(watched.tenant.status).toBe('ready');
});

const throwing = (): never => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};
const setAnimate = (value: unknown): void => {
  Object.defineProperty(Element.prototype, 'animate', { configurable: true, value });
};
const setVisibilityState = (descriptor: PropertyDescriptor): void => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, ...descriptor });
};

describe('a page that lacks something optional stays, with', () => {
  afterEach(() => {
    Reflect.deleteProperty(Element.prototype, 'animate');
    Reflect.deleteProperty(document, 'visibilityState');
  });

  it.each<[string, () => void]>([
    ['no BroadcastChannel', () => vi.stubGlobal('BroadcastChannel', undefined)],
    ['a BroadcastChannel that throws', () => vi.stubGlobal('BroadcastChannel', throwing)],
    [
      'a BroadcastChannel that can’t be posted to or closed',
      () =>
        vi.stubGlobal(
          'BroadcastChannel',
          class {
            postMessage = throwing;
            close = throwing;
          },
        ),
    ],
    ['no matchMedia', () => vi.stubGlobal('matchMedia', undefined)],
    ['a matchMedia that throws', () => vi.stubGlobal('matchMedia', throwing)],
    ['a matchMedia that returns nothing', () => vi.stubGlobal('matchMedia', () => undefined)],
    ['no animations', () => setAnimate(undefined)],
    ['animations that throw', () => setAnimate(throwing)],
    ['animations that can’t be cancelled', () => setAnimate(() => ({}))],
    ['no visibility', () => setVisibilityState({ value: undefined })],
    ['a visibility that throws', () => setVisibilityState({ get: throwing })],
    [
      'no weak references',
      () => {
        vi.stubGlobal('WeakRef', undefined);
        vi.stubGlobal('FinalizationRegistry', undefined);
      },
    ],
  ])('%s', async (_lack, take) => {
    take();
    const backend = createFakeBackend();
    backend.hang();
    const { watched, Watcher } = createWatcher();
    const { unmount } = await renderPage(
      <>
        <p>the app</p>
        <UpsolveTenantProvider {...backend.providerProps} sessionKey="ann">
          <Watcher />
          <SecureUpsolveDashboard />
        </UpsolveTenantProvider>
      </>,
    );
    await pass(1_000);
    backend.release();
    await pass(0);
    expect(screen.getByRole('region', { name: /fake/i })).toBeVisible();
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    await act(() => watched.tenant.refresh());
    act(() => watched.tenant.clear());
    expect(watched.tenant.status).toBe('idle');
    expect(screen.getByText('the app')).toBeVisible();
    await act(() => watched.tenant.refresh());
    unmount();
    await pass(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
