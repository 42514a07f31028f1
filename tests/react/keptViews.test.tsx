import { act, screen } from '@testing-library/react';
import { SecureUpsolveDashboard, UpsolveTenantProvider } from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dispatchPage, endPage, keepers, startPage, stubChannels } from './pageWorld';
import { createWatcher, pass, renderPage } from './tenantPage';

const HOUR = 60 * 60_000;

beforeEach(startPage);
afterEach(endPage);

const dashboard = (): HTMLElement | null => screen.queryByRole('region', { name: /fake/i });

describe.each(keepers)('%s', (_name, Keeper) => {
  async function show() {
    const channels = stubChannels();
    const backend = createFakeBackend();
    const { watched, Watcher } = createWatcher();
    const tree = (isHidden: boolean) => (
      <Keeper isHidden={isHidden}>
        <UpsolveTenantProvider {...backend.providerProps} tenantId="acme" sessionKey="ann">
          <Watcher />
          <SecureUpsolveDashboard />
        </UpsolveTenantProvider>
      </Keeper>
    );
    const { rerender } = await renderPage(tree(false));
    const before = dashboard();
    expect(before).toBeVisible();
    return {
      ...{ channels, backend, watched, before },
      async hide() {
        rerender(tree(true));
        await pass(1_000);
      },
      reveal: () => rerender(tree(false)),
    };
  }

  it('is revealed as it was, without a request', async () => {
    const { backend, before, hide, reveal } = await show();
    await hide();
    await pass(HOUR / 2);
    reveal();
    expect(dashboard()).toBe(before);
    await pass(1_000);
    expect(backend.requests).toHaveLength(1);
  });

  it('shows nothing after another tab has signed out, and does not ask', async () => {
    const { channels, backend, watched, hide, reveal } = await show();
    act(() => watched.tenant.clear());
    const [signOut] = channels.posted;
    await act(() => watched.tenant.refresh());
    expect(dashboard()).toBeVisible();
    await hide();
    channels.deliver(signOut);
    reveal();
    expect(dashboard()).toBeNull();
    await pass(HOUR);
    expect(watched.tenant).toMatchObject({ status: 'error', error: { code: 'unauthenticated' } });
    expect(backend.requests).toHaveLength(2);
  });

  it('shows nothing after the page has been in the back/forward cache, until one refresh succeeds', async () => {
    const { backend, watched, hide, reveal } = await show();
    await hide();
    dispatchPage('pagehide');
    dispatchPage('pageshow');
    backend.hang();
    reveal();
    expect(dashboard()).toBeNull();
    expect(watched.tenant.status).toBe('expired');
    await pass(0);
    backend.release();
    await pass(0);
    expect(dashboard()).toBeVisible();
    expect(backend.requests).toHaveLength(2);
  });

  it('shows nothing after its token has ended, asleep or awake', async () => {
    const { backend, watched, hide, reveal } = await show();
    await hide();
    backend.clock.sleep(2 * HOUR);
    backend.hang();
    reveal();
    expect(dashboard()).toBeNull();
    expect(watched.tenant.status).toBe('expired');
  });

  it('shows nothing after clear() was called from outside of it', async () => {
    const { backend, watched, hide, reveal } = await show();
    const { clear } = watched.tenant;
    await hide();
    act(clear);
    reveal();
    expect(dashboard()).toBeNull();
    await pass(HOUR);
    expect(watched.tenant.status).toBe('idle');
    expect(backend.requests).toHaveLength(1);
  });
});
