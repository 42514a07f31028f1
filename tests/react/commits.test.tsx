import { act } from '@testing-library/react';
import { type ReactNode, useEffect } from 'react';
import { SecureUpsolveDashboard, UpsolveTenantProvider, useTokenRefresh, useUpsolveTenant } from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endPage, startPage } from './pageWorld';
import { pass, renderPage } from './tenantPage';

const MINUTE = 60_000;

beforeEach(startPage);
afterEach(endPage);

/** Counts the commits of readers of the hooks, and of a child of the host that reads none. */
function createReaders() {
  const commits = { state: 0, both: 0, host: 0 };
  const Reader = ({ read, count }: { read: () => unknown; count: keyof typeof commits }): ReactNode => {
    read();
    useEffect(() => void (commits[count] += 1));
    return null;
  };
  const useBoth = (): unknown => [useUpsolveTenant(), useTokenRefresh()];
  const readers = (
    <>
      <Reader read={useUpsolveTenant} count="state" />
      <Reader read={useBoth} count="both" />
      <Reader read={() => undefined} count="host" />
      <SecureUpsolveDashboard handover="immediate" />
    </>
  );
  return {
    readers,
    count: () => ({ ...commits }),
    reset: () => Object.assign(commits, { state: 0, both: 0, host: 0 }),
  };
}

it.each([
  ['planned', async () => pass(55 * MINUTE)],
  [
    'slow',
    async (backend: ReturnType<typeof createFakeBackend>) => {
      backend.hang();
      await pass(55 * MINUTE + 5_000);
      backend.release();
      await pass(0);
    },
  ],
])(
  'a %s refresh commits a reader of the state once, of both hooks twice at most, and of neither never',
  async (_how, refresh) => {
    const backend = createFakeBackend();
    const { readers, count, reset } = createReaders();
    await renderPage(<UpsolveTenantProvider {...backend.providerProps}>{readers}</UpsolveTenantProvider>);
    reset();
    await refresh(backend);
    expect(backend.requests).toHaveLength(2);
    const { state, both, host } = count();
    expect([state, host]).toEqual([1, 0]);
    expect(both).toBeGreaterThan(0);
    expect(both).toBeLessThanOrEqual(2);
  },
);

it('a refresh that the app asks for costs no more', async () => {
  const backend = createFakeBackend();
  const { readers, count, reset } = createReaders();
  let refresh!: ReturnType<typeof useUpsolveTenant>['refresh'];
  function Asks(): null {
    const tenant = useUpsolveTenant();
    useEffect(() => {
      ({ refresh } = tenant);
    });
    return null;
  }
  await renderPage(
    <UpsolveTenantProvider {...backend.providerProps}>
      <Asks />
      {readers}
    </UpsolveTenantProvider>,
  );
  reset();
  await act(async () => void (await refresh()));
  const { state, both, host } = count();
  expect([state, host]).toEqual([1, 0]);
  expect(both).toBeLessThanOrEqual(2);
});

it('a tick commits nobody, and a failure a reader of the state once', async () => {
  const backend = createFakeBackend();
  const { readers, count, reset } = createReaders();
  await renderPage(<UpsolveTenantProvider {...backend.providerProps}>{readers}</UpsolveTenantProvider>);
  reset();
  await pass(50 * MINUTE);
  expect(count()).toEqual({ state: 0, both: 0, host: 0 });
  backend.respondWith('server', { times: 1 });
  await pass(5 * MINUTE);
  expect(count()).toMatchObject({ state: 1, host: 0 });
  await pass(1_000);
  // The failure, and the refresh that made it good.
  expect(count().state).toBe(2);
});

it('a mount commits a reader of the state twice: as it loads, and with the tenant', async () => {
  const backend = createFakeBackend();
  const { readers, count } = createReaders();
  backend.hang();
  await renderPage(<UpsolveTenantProvider {...backend.providerProps}>{readers}</UpsolveTenantProvider>);
  expect(count()).toMatchObject({ state: 1, host: 1 });
  backend.release();
  await pass(0);
  expect(count()).toMatchObject({ state: 2, host: 1 });
});
