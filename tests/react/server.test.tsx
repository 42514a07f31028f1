// @vitest-environment node
import { renderToString } from 'react-dom/server';
import {
  type Clock,
  SecureUpsolveDashboard,
  UpsolveTenantProvider,
  useTokenRefresh,
  useUpsolveTenant,
} from 'react-upsolve-tenant';
import { createFakeBackend, FakeUpsolveDashboard } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }));
afterEach(() => void vi.useRealTimers());

function Status() {
  const { status } = useUpsolveTenant();
  const { isHandoverPending } = useTokenRefresh();
  return <output>{`${status} ${isHandoverPending}`}</output>;
}

it('a page rendered to text is loading, asks nothing and arms no timer, even with a tenant at hand', async () => {
  expect(typeof document).toBe('undefined');
  const backend = createFakeBackend();
  const html = renderToString(
    <UpsolveTenantProvider
      endpoint="/upsolve/tenant/register"
      fetch={backend.providerProps.fetch}
      tenantId="a"
      dashboard={FakeUpsolveDashboard}
    >
      <Status />
      <SecureUpsolveDashboard dashboardId="sales" title="Sales" />
    </UpsolveTenantProvider>,
  );
  await vi.advanceTimersByTimeAsync(60_000);
  expect(html).toContain('loading false');
  expect(html).toContain('data-status="loading"');
  expect(html).toContain('role="status"');
  expect(backend.requests).toHaveLength(0);
  expect(vi.getTimerCount()).toBe(0);
});

it('a page that a framework prerenders reads no clock and throws no dice', () => {
  const refuse = (): never => {
    throw new Error('A clock was read in a prerender.');
  };
  const page = (clock?: Clock) =>
    renderToString(
      <UpsolveTenantProvider
        endpoint="/upsolve/tenant/register"
        tenantId="a"
        dashboard={FakeUpsolveDashboard}
        clock={clock}
        initialTenant={{ token: 'an-opaque-token-of-a', tenantId: 'a', expiresIn: 60 }}
      >
        <Status />
        <SecureUpsolveDashboard handover="natural-break" />
      </UpsolveTenantProvider>,
    );
  expect(page({ now: refuse, monotonicNow: refuse, random: refuse })).toContain('loading');
  const spies = [vi.spyOn(Date, 'now'), vi.spyOn(Math, 'random')].map((spy) => spy.mockImplementation(refuse));
  expect(page()).toContain('loading');
  for (const spy of spies) spy.mockRestore();
});

it('a page without a tenant yet is idle on the server too', () => {
  const html = renderToString(
    <UpsolveTenantProvider endpoint="/upsolve/tenant/register" tenantId={null}>
      <Status />
    </UpsolveTenantProvider>,
  );
  expect(html).toContain('idle false');
});
