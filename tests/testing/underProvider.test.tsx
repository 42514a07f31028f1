import { act, render, screen } from '@testing-library/react';
import { StrictMode, useLayoutEffect } from 'react';
import {
  SecureUpsolveDashboard,
  UpsolveTenantProvider,
  type UpsolveTenantEvent,
  useUpsolveTenant,
} from 'react-upsolve-tenant';
import {
  type BackendErrorCode,
  createFakeBackend,
  type FakeBackend,
  getTokenFingerprint,
} from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ERROR_CODES } from '../../src/core/errors';

/** What comes about in the page itself no backend can be told to answer. */
const PAGE_CODES: readonly string[] = ['insecure_endpoint', 'api_key_in_browser', 'invalid_options', 'aborted'];
const BACKEND_CODES = ERROR_CODES.filter((code): code is BackendErrorCode => !PAGE_CODES.includes(code));

const LIFETIME_MS = 60_000;
/** Half of a short life is the refresh lead. */
const LEAD_MS = 30_000;

let events: UpsolveTenantEvent[];
let hook: ReturnType<typeof useUpsolveTenant>;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) });
  events = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function Probe() {
  const result = useUpsolveTenant();
  useLayoutEffect(() => {
    hook = result;
  });
  return null;
}

async function mount(backend: FakeBackend) {
  render(
    <StrictMode>
      <UpsolveTenantProvider {...backend.providerProps} tenantId="a" onEvent={(event) => events.push(event)}>
        <Probe />
        <SecureUpsolveDashboard dashboardId="sales" />
      </UpsolveTenantProvider>
    </StrictMode>,
  );
  await pass(0);
}

async function pass(ms: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

const dashboard = (): HTMLElement | null => screen.queryByRole('region', { name: /fake/i });
const failures = () => events.flatMap((event) => (event.type === 'failure' ? [event.code] : []));

describe('the provider on a fake backend', () => {
  it('shows the fake dashboard on the token that was handed out, after one request and without time passing', async () => {
    const backend = createFakeBackend();
    await mount(backend);
    expect(dashboard()).toHaveTextContent(getTokenFingerprint(backend.getTenant()?.token ?? ''));
    expect(backend.requests).toMatchObject([{ request: 'tenant', tenantId: 'a', hasBearer: false }]);
  });

  it("needs nothing of the platform that jest's jsdom lacks", async () => {
    const lacking = ['fetch', 'Response', 'Request', 'TextEncoder', 'TextDecoder', 'structuredClone', 'MessageChannel'];
    for (const name of [...lacking, 'crypto', 'BroadcastChannel']) vi.stubGlobal(name, undefined);
    await mount(createFakeBackend({ tenantName: 'Zoë' }));
    expect(hook.status).toBe('ready');
  });

  it('asks the refresh endpoint at the lead, to the millisecond: nothing is jittered', async () => {
    const backend = createFakeBackend({ lifetimeMs: LIFETIME_MS });
    await mount(backend);
    await pass(LEAD_MS - 1);
    expect(backend.requests).toHaveLength(1);
    await pass(1);
    expect(backend.requests.map(({ url }) => url)).toEqual([
      'https://backend.test/upsolve/tenant/register',
      'https://backend.test/upsolve/tenant/refresh-token',
    ]);
  });

  it.each(BACKEND_CODES)('hears %s as it was ordered', async (code) => {
    const backend = createFakeBackend({ lifetimeMs: LIFETIME_MS });
    await mount(backend);
    backend.respondWith(code);
    await pass(LEAD_MS);
    if (code === 'timeout') await pass(10_000);
    expect(failures().slice(0, 1)).toEqual([code]);
  });

  it.each<[number, BackendErrorCode]>([
    [302, 'unauthenticated'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [408, 'timeout'],
    [418, 'invalid_response'],
    [204, 'invalid_response'],
    [500, 'server'],
  ])('reads a bare %i as %s', async (bare, code) => {
    const backend = createFakeBackend();
    backend.respondWith(bare);
    await mount(backend);
    expect(failures()).toEqual([code]);
  });

  it('waits for as long as Retry-After says', async () => {
    const backend = createFakeBackend();
    backend.respondWith('rate_limited', { times: 1, retryAfterMs: 20_000 });
    await mount(backend);
    await pass(19_999);
    expect(backend.requests).toHaveLength(1);
    await pass(1);
    expect(hook.status).toBe('ready');
  });

  it('is loading for as long as the backend hangs', async () => {
    const backend = createFakeBackend();
    backend.hang();
    await mount(backend);
    await pass(5_000);
    expect(hook.status).toBe('loading');
    backend.release();
    await pass(0);
    expect(hook.status).toBe('ready');
    expect(backend.requests).toHaveLength(1);
  });

  it('gets over a request that never settles and ignores its abort', async () => {
    const backend = createFakeBackend();
    backend.hang({ ignoreAbort: true });
    await mount(backend);
    await pass(10_000);
    expect(failures()).toEqual(['timeout']);
    backend.release();
    await pass(1_000);
    expect(hook.status).toBe('ready');
    expect(backend.requests).toHaveLength(2);
  });

  it('asks once, at once, when its token is made to expire', async () => {
    const backend = createFakeBackend();
    await mount(backend);
    const first = backend.getTenant()?.token;
    backend.hang();
    backend.expireNow();
    await pass(0);
    expect([hook.status, dashboard()]).toEqual(['expired', null]);
    backend.release();
    await pass(2_000);
    expect(hook.status).toBe('ready');
    expect(backend.requests).toHaveLength(2);
    expect(backend.getTenant()?.token).not.toBe(first);
  });

  it('sees a sleep with its next tick', async () => {
    const backend = createFakeBackend();
    await mount(backend);
    backend.hang();
    backend.clock.sleep(7_200_000);
    await pass(1_000);
    expect([hook.status, dashboard()]).toEqual(['expired', null]);
    expect(backend.requests).toHaveLength(2);
  });

  it("is not misled by a page's clock that is set back or runs ahead", async () => {
    const backend = createFakeBackend();
    backend.clock.set(4_200_000);
    await mount(backend);
    expect(hook.status).toBe('ready');
    expect(hook.tenant?.expiresAt.getTime()).toBe(backend.clock.now() + 3_600_000);
    backend.clock.set(-8_400_000);
    await pass(60_000);
    expect(hook.status).toBe('ready');
    expect(backend.requests).toHaveLength(1);
  });

  it('hears permissions that were set, with the next answer', async () => {
    const backend = createFakeBackend({ permissions: { addChart: true } });
    await mount(backend);
    expect(hook.can('addChart')).toBe(true);
    backend.setPermissions({ addChart: false });
    await act(() => hook.refresh());
    expect(hook.can('addChart')).toBe(false);
  });

  it('asks the permissions endpoint with the token, where they come from there', async () => {
    const backend = createFakeBackend({ permissionsFrom: 'endpoint', permissions: { drillDown: true } });
    await mount(backend);
    expect(hook.can('drillDown')).toBe(true);
    expect(backend.requests).toMatchObject([
      { request: 'tenant', hasBearer: false },
      { request: 'permissions', method: 'GET', hasBearer: true },
    ]);
  });
});
