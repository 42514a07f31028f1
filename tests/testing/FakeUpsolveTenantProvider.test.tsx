import { act, render, renderHook, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { type ReactNode, useLayoutEffect } from 'react';
import { SecureUpsolveDashboard, UpsolveTenantError, useTokenRefresh, useUpsolveTenant } from 'react-upsolve-tenant';
import {
  createFakeTenant,
  type FakeTenantState,
  FakeUpsolveTenantProvider,
  getTokenFingerprint,
} from 'react-upsolve-tenant/testing';
import { describe, expect, it, vi } from 'vitest';

function under(state: FakeTenantState, props: object = {}): { wrapper: (props: { children: ReactNode }) => ReactNode } {
  return {
    wrapper: ({ children }) => (
      <FakeUpsolveTenantProvider state={state} {...props}>
        {children}
      </FakeUpsolveTenantProvider>
    ),
  };
}

const guarded = (state?: FakeTenantState): ReactNode => (
  <FakeUpsolveTenantProvider state={state}>
    <SecureUpsolveDashboard dashboardId="sales" idleFallback="Nobody asks" />
  </FakeUpsolveTenantProvider>
);

describe('a guard under a fake provider', () => {
  it('shows the fake dashboard by default', () => {
    render(guarded());
    expect(screen.getByRole('region', { name: /fake/i })).toBeVisible();
    expect(document.querySelector('iframe')).toBeNull();
  });

  it.each<[FakeTenantState, string | RegExp]>([
    [{ status: 'idle' }, 'Nobody asks'],
    [{ status: 'loading' }, 'Loading dashboard…'],
    [{ status: 'expired' }, 'Reconnecting…'],
    [{ status: 'error' }, /session has ended/],
    [{ status: 'error', error: 'forbidden' }, 'No access'],
    [{ status: 'ready', error: 'network' }, /Connection trouble/],
  ])('shows %o', (state, text) => {
    render(guarded(state));
    expect(screen.getByText(text)).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: /fake/i }) !== null).toBe(state.status === 'ready');
  });

  it('follows a state that changes', () => {
    const { rerender } = render(guarded({ status: 'loading' }));
    rerender(guarded({ status: 'ready' }));
    expect(screen.getByRole('region', { name: /fake/i })).toBeVisible();
    rerender(guarded({ status: 'expired' }));
    expect(screen.queryByRole('region', { name: /fake/i })).toBeNull();
  });

  it('keeps its token when the state brings another, until it is handed over', () => {
    const [a, b] = [createFakeTenant(), createFakeTenant()];
    const handed: { handoverNow?: () => void; isHandoverPending?: boolean } = {};
    function Watch(): null {
      const refreshing = useTokenRefresh();
      useLayoutEffect(() => void Object.assign(handed, refreshing));
      return null;
    }
    const page = ({ token }: { token: string }): ReactNode => (
      <FakeUpsolveTenantProvider state={{ status: 'ready', tenant: { token } }}>
        <Watch />
        <SecureUpsolveDashboard />
      </FakeUpsolveTenantProvider>
    );
    const { rerender } = render(page(a));
    rerender(page(b));
    expect(screen.getByText(getTokenFingerprint(a.token))).toBeVisible();
    expect(handed.isHandoverPending).toBe(true);
    act(() => handed.handoverNow?.());
    expect(screen.getByText(getTokenFingerprint(b.token))).toBeVisible();
    expect(handed.isHandoverPending).toBe(false);
  });

  it('tells a click on the retry button', async () => {
    const onRetry = vi.fn();
    render(<SecureUpsolveDashboard />, under({ status: 'error', error: 'server' }, { onRetry }));
    await userEvent.click(screen.getByRole('button'));
    expect(onRetry).toHaveBeenCalledOnce();
  });
});

describe('the state', () => {
  it('takes what is given and fills in what usually goes with it', () => {
    const expiresAt = new Date(Date.now() + 60_000);
    const { result } = renderHook(
      () => useUpsolveTenant(),
      under({ status: 'ready', tenant: { id: 7, expiresAt, permissions: { addChart: true } } }),
    );
    expect(result.current).toMatchObject({ status: 'ready', tenant: { id: '7', expiresAt } });
    expect([result.current.can('addChart'), result.current.can('drillDown')]).toEqual([true, false]);
    expect(result.current.error).toBeUndefined();
  });

  it('is the same tenant for as long as it says the same, also inline', () => {
    const { result, rerender } = renderHook(() => useUpsolveTenant(), {
      wrapper: ({ children }: { children: ReactNode }) => (
        <FakeUpsolveTenantProvider state={{ status: 'ready', tenant: { id: 'a' } }}>
          {children}
        </FakeUpsolveTenantProvider>
      ),
    });
    const { tenant } = result.current;
    rerender();
    expect(result.current.tenant).toBe(tenant);
  });

  it.each<[FakeTenantState, object]>([
    [{ status: 'loading' }, { isRefreshing: true, nextAttemptAt: null }],
    [{ status: 'expired' }, { isRefreshing: true, nextAttemptAt: null }],
    [
      { status: 'loading', error: 'network' },
      { isRefreshing: false, nextAttemptAt: expect.any(Date) as unknown },
    ],
    [
      { status: 'error', error: 'server' },
      { isRefreshing: false, nextAttemptAt: expect.any(Date) as unknown },
    ],
    [
      { status: 'error', error: 'forbidden' },
      { isRefreshing: false, nextAttemptAt: null },
    ],
    [
      { status: 'error', error: 'server', isRefreshing: true },
      { isRefreshing: true, nextAttemptAt: null },
    ],
    [{ status: 'expired', nextAttemptAt: new Date(1e12) }, { nextAttemptAt: new Date(1e12) }],
    [{ status: 'idle' }, { isRefreshing: false, nextAttemptAt: null, expiresAt: null }],
  ])('%o is complete', (state, complete) => {
    const { result } = renderHook(() => useTokenRefresh(), under(state));
    expect(result.current).toMatchObject(complete);
  });

  it.each<[FakeTenantState, number]>([
    [{ status: 'ready' }, 0],
    [{ status: 'ready', error: 'server' }, 1],
    [{ status: 'error', error: 'forbidden' }, 1],
    [{ status: 'error', error: 'server' }, 2],
  ])('%o comes after as many failures as it takes', (state, failureCount) => {
    const { result } = renderHook(() => useTokenRefresh(), under(state));
    expect(result.current.failureCount).toBe(failureCount);
  });

  it('tells the refresh hook what is known of the asking', () => {
    const { result } = renderHook(
      () => useTokenRefresh(),
      under({
        status: 'ready',
        error: 'server',
        failureCount: 4,
        lastRefreshedAt: new Date(1e12),
        isHandoverPending: true,
      }),
    );
    expect(result.current).toMatchObject({
      failureCount: 4,
      lastRefreshedAt: new Date(1e12),
      isHandoverPending: true,
    });
  });

  it('can not be written where a provider can not be in it', () => {
    const states: FakeTenantState[] = [
      // @ts-expect-error -- a tenant is there in `ready` only
      { status: 'expired', tenant: createFakeTenant() },
      // @ts-expect-error -- an idle provider asks nothing
      { status: 'idle', isRefreshing: true },
      // @ts-expect-error -- no such code
      { status: 'error', error: 'oops' },
    ];
    expect(states).toHaveLength(3);
  });
});

describe('what the app commands', () => {
  it('resolves a refresh in ready with the tenant that is there', async () => {
    const onRefresh = vi.fn();
    const { result } = renderHook(() => useUpsolveTenant(), under({ status: 'ready' }, { onRefresh }));
    expect(await result.current.refresh()).toBe(result.current.tenant);
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it.each<[FakeTenantState, string]>([
    [{ status: 'ready', error: 'network' }, 'network'],
    [{ status: 'expired', error: 'server' }, 'server'],
    [{ status: 'error', error: new UpsolveTenantError('not_found') }, 'not_found'],
    [{ status: 'loading' }, 'aborted'],
    [{ status: 'idle' }, 'aborted'],
  ])('rejects a refresh in %o', async (state, code) => {
    const { result } = renderHook(() => useUpsolveTenant(), under(state));
    const error = await result.current.refresh().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UpsolveTenantError);
    expect(error).toMatchObject({ code });
  });

  it('leaves an ignored rejection without noise', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { result } = renderHook(() => useUpsolveTenant(), under({ status: 'error' }));
    void result.current.refresh();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('is told to the newest spies, and changes nothing', () => {
    const [onClear, onRetry, onHandoverNow] = [vi.fn(), vi.fn(), vi.fn()];
    const { result } = renderHook(
      () => ({ ...useUpsolveTenant(), handoverNow: useTokenRefresh().handoverNow }),
      under({ status: 'ready' }, { onClear, onRetry, onHandoverNow }),
    );
    act(() => {
      result.current.clear();
      result.current.retry();
      result.current.handoverNow();
    });
    expect([onClear, onRetry, onHandoverNow].map((spy) => spy.mock.calls.length)).toEqual([1, 1, 1]);
    expect(result.current.status).toBe('ready');
  });
});
