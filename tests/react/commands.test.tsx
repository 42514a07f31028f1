import { act } from '@testing-library/react';
import { useEffect, useLayoutEffect } from 'react';
import { SecureUpsolveDashboard, UpsolveTenantProvider, useUpsolveTenant } from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endPage, keepers, startPage, stubChannels, watchListeners } from './pageWorld';
import { createWatcher, pass, renderPage } from './tenantPage';

beforeEach(startPage);
afterEach(endPage);

type Tenant = ReturnType<typeof useUpsolveTenant>;

/** A rejection that nobody handles fails the run. */
const COMMANDS: [string, (tenant: Tenant) => unknown][] = [
  ['clear()', ({ clear }) => clear()],
  ['retry()', ({ retry }) => retry()],
  ['refresh()', ({ refresh }) => void refresh()],
];

describe.each(COMMANDS)('%s at the wrong moment', (name, command) => {
  it('after unmount does no harm, asks nothing and leaves nothing behind', async () => {
    const getListeners = watchListeners();
    const channels = stubChannels();
    const backend = createFakeBackend();
    const { watched, Watcher } = createWatcher();
    const { unmount } = await renderPage(
      <UpsolveTenantProvider {...backend.providerProps} sessionKey="ann">
        <Watcher />
      </UpsolveTenantProvider>,
    );
    act(() => watched.tenant.clear());
    unmount();
    await pass(1_000);
    expect([getListeners(), channels.open.size]).toEqual([0, 0]);
    command(watched.tenant);
    await pass(60_000);
    await expect(watched.tenant.refresh()).rejects.toMatchObject({ code: 'aborted' });
    expect(backend.requests).toHaveLength(1);
    expect([getListeners(), channels.open.size]).toEqual([0, 0]);
    // The other tabs are told even then.
    expect(channels.posted).toHaveLength(name === 'clear()' ? 2 : 1);
  });

  it.each([
    ['layout effect', useLayoutEffect],
    ['effect', useEffect],
  ])('in the cleanup of a %s does no harm, at unmount and at a switch', async (_kind, useAnEffect) => {
    const backend = createFakeBackend();
    function Leaves({ tenantId }: { tenantId: string }): null {
      const tenant = useUpsolveTenant();
      useAnEffect(() => () => void command(tenant), [tenantId]);
      return null;
    }
    const page = (tenantId: string) => (
      <UpsolveTenantProvider {...backend.providerProps} tenantId={tenantId}>
        <Leaves tenantId={tenantId} />
        <SecureUpsolveDashboard />
      </UpsolveTenantProvider>
    );
    const { rerender, unmount, container } = await renderPage(page('a'));
    rerender(page('b'));
    await pass(1_000);
    unmount();
    await pass(1_000);
    const { length } = backend.requests;
    await pass(60 * 60_000);
    expect(backend.requests).toHaveLength(length);
    expect(vi.getTimerCount()).toBe(0);
    expect(container).toBeEmptyDOMElement();
  });

  it.each(keepers)('in %s does no harm and asks nothing', async (_keeper, Keeper) => {
    const backend = createFakeBackend();
    const { watched, Watcher } = createWatcher();
    const tree = (isHidden: boolean) => (
      <Keeper isHidden={isHidden}>
        <UpsolveTenantProvider {...backend.providerProps}>
          <Watcher />
        </UpsolveTenantProvider>
      </Keeper>
    );
    const { rerender } = await renderPage(tree(false));
    rerender(tree(true));
    await pass(1_000);
    act(() => void command(watched.tenant));
    await pass(1_000);
    await expect(watched.tenant.refresh()).rejects.toMatchObject({ code: 'aborted' });
    expect(backend.requests).toHaveLength(1);
    rerender(tree(false));
    await pass(1_000);
    expect(watched.tenant.status).toBe(name === 'clear()' ? 'idle' : 'ready');
  });
});
