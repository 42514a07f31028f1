// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { SecureUpsolveDashboard, UpsolveTenantProvider, useTokenRefresh, useUpsolveTenant } from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }));
afterEach(() => void vi.useRealTimers());

function Status() {
  const { status } = useUpsolveTenant();
  const { handoverPending } = useTokenRefresh();
  return <output>{`${status} ${handoverPending}`}</output>;
}

it('a page rendered to text is loading, asks nothing and arms no timer, even with a tenant at hand', async () => {
  expect(typeof document).toBe('undefined');
  const backend = createFakeBackend();
  const html = renderToString(
    <UpsolveTenantProvider endpoint="/upsolve/tenant/register" fetch={backend.providerProps.fetch} tenantId="a">
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

it('a page without a tenant yet is idle on the server too', () => {
  const html = renderToString(
    <UpsolveTenantProvider endpoint="/upsolve/tenant/register" tenantId={null}>
      <Status />
    </UpsolveTenantProvider>,
  );
  expect(html).toContain('idle false');
});
