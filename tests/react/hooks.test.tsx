import { act, render } from '@testing-library/react';
import { StrictMode } from 'react';
import { SecureUpsolveDashboard, useTokenRefresh, UpsolveTenantProvider, useUpsolveTenant } from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWatcher, pass, renderPage } from './tenantPage';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }));
afterEach(() => void vi.useRealTimers());

describe('a hook without a provider', () => {
  it.each([
    ['useUpsolveTenant', useUpsolveTenant],
    ['useTokenRefresh', useTokenRefresh],
  ])('%s throws an error that names the cure and both causes', (name, useHook) => {
    function Lost() {
      useHook();
      return null;
    }
    // React 18 repeats a render error on the console, React 19 throws it alone.
    const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => render(<Lost />)).toThrow(
      new RegExp(`${name} needs <UpsolveTenantProvider>.*no provider.*two copies`),
    );
    silence.mockRestore();
  });
});

describe('useUpsolveTenant', () => {
  it('grants nothing until a tenant is ready, and then what its permissions say', async () => {
    const backend = createFakeBackend({ permissions: { addFilter: true } });
    backend.hang();
    const { watched, Watcher } = createWatcher();
    await renderPage(
      <UpsolveTenantProvider {...backend.providerProps}>
        <Watcher />
      </UpsolveTenantProvider>,
    );
    expect(watched.tenant.status).toBe('loading');
    expect(watched.tenant.can('addFilter')).toBe(false);
    backend.release();
    await pass(0);
    expect(watched.tenant.status).toBe('ready');
    expect([watched.tenant.can('addFilter'), watched.tenant.can('addChart')]).toEqual([true, false]);
  });

  it.each([
    ['enabled={false}', { enabled: false }],
    ['a tenant that is not known yet', { tenantId: null }],
    ['an empty tenant id', { tenantId: '' }],
  ])('is idle and asks nothing with %s', async (_title, props) => {
    const backend = createFakeBackend();
    const { watched, Watcher } = createWatcher();
    await renderPage(
      <UpsolveTenantProvider {...backend.providerProps} {...props}>
        <Watcher />
      </UpsolveTenantProvider>,
    );
    await pass(MINUTE);
    expect(watched.tenant.status).toBe('idle');
    await expect(watched.tenant.refresh()).rejects.toMatchObject({ code: 'aborted' });
    expect(backend.requests).toHaveLength(0);
  });

  it.each([
    ['http to another machine', 'http://elsewhere.test/register', 'insecure_endpoint'],
    ['what can’t be written as text', Object.create(null) as string, 'invalid_options'],
  ])(
    'says error with a refused endpoint, %s, in the first commit that can, and asks nothing',
    async (_, endpoint, code) => {
      const backend = createFakeBackend();
      const { watched, Watcher } = createWatcher();
      await renderPage(
        <UpsolveTenantProvider {...backend.providerProps} endpoint={endpoint}>
          <Watcher />
        </UpsolveTenantProvider>,
      );
      expect(watched.tenant).toMatchObject({ status: 'error', error: { code } });
      expect(backend.requests).toHaveLength(0);
    },
  );

  it('keeps the commands the same from render to render', async () => {
    const backend = createFakeBackend({ lifetimeMs: MINUTE });
    const { watched, Watcher } = createWatcher();
    await renderPage(
      <UpsolveTenantProvider {...backend.providerProps}>
        <Watcher />
      </UpsolveTenantProvider>,
    );
    const { refresh, retry, clear } = watched.tenant;
    await pass(MINUTE);
    expect(watched.tenant).toMatchObject({ refresh, retry, clear });
  });

  it('lets a retry be clicked through any failure without an unhandled rejection', async () => {
    const backend = createFakeBackend();
    backend.respondWith('forbidden');
    const { watched, Watcher } = createWatcher();
    await renderPage(
      <UpsolveTenantProvider {...backend.providerProps}>
        <Watcher />
      </UpsolveTenantProvider>,
    );
    expect(watched.tenant).toMatchObject({ status: 'error', error: { code: 'forbidden' } });
    act(() => watched.tenant.retry());
    void watched.tenant.refresh();
    await pass(0);
    expect(backend.requests).toHaveLength(2);
  });
});

describe('useTokenRefresh', () => {
  it('tells when the token ends, when it is refreshed next, and when it was last', async () => {
    const start = Date.now();
    const backend = createFakeBackend({ lifetimeMs: 60 * MINUTE });
    const { watched, Watcher } = createWatcher();
    await renderPage(
      <UpsolveTenantProvider {...backend.providerProps}>
        <Watcher />
      </UpsolveTenantProvider>,
    );
    expect(watched.refresh).toMatchObject({
      isRefreshing: false,
      expiresAt: new Date(start + 60 * MINUTE),
      nextAttemptAt: new Date(start + 55 * MINUTE),
      lastRefreshedAt: new Date(start),
      failureCount: 0,
      isHandoverPending: false,
    });
  });
});

describe('a callback that throws', () => {
  it('is reported as the error it is and does not end the chain of refreshes', async () => {
    const backend = createFakeBackend({ lifetimeMs: MINUTE });
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    await renderPage(
      <UpsolveTenantProvider
        {...backend.providerProps}
        onEvent={() => {
          throw new Error('of the app');
        }}
      />,
    );
    await pass(MINUTE);
    expect(backend.requests.length).toBeGreaterThan(1);
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: 'of the app' }));
    vi.unstubAllGlobals();
  });

  it('is reported where it throws over a guard that has nothing to show, and the app stays', async () => {
    const backend = createFakeBackend();
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const { container } = await renderPage(
      <UpsolveTenantProvider
        {...backend.providerProps}
        dashboard={undefined}
        onError={() => {
          throw new Error('of the app');
        }}
      >
        <p>the app</p>
        <SecureUpsolveDashboard />
      </UpsolveTenantProvider>,
    );
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: 'of the app' }));
    expect(container).toHaveTextContent('the app');
    vi.unstubAllGlobals();
  });
});

it('guards with nothing to show are told to onError once, and the hooks are not touched by it', async () => {
  const backend = createFakeBackend();
  const onError = vi.fn();
  const { watched, Watcher } = createWatcher();
  const page = (
    <StrictMode>
      <UpsolveTenantProvider {...backend.providerProps} dashboard={undefined} onError={onError}>
        <Watcher />
        <SecureUpsolveDashboard />
        <SecureUpsolveDashboard dashboardId="sales" />
      </UpsolveTenantProvider>
    </StrictMode>
  );
  const { rerender, container } = await renderPage(page);
  rerender(page);
  await pass(MINUTE);
  expect(container.querySelectorAll('[data-upsolve-error="invalid_options"]')).toHaveLength(2);
  expect(onError.mock.calls).toEqual([[expect.objectContaining({ code: 'invalid_options' }), { status: 'loading' }]]);
  expect(watched.tenant).toMatchObject({ status: 'ready' });
  expect(watched.tenant.error).toBeUndefined();
});
