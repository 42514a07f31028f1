import { act, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import {
  type DashboardTenantProps,
  SecureUpsolveDashboard,
  UpsolveTenantProvider,
  type UpsolveTenantProviderProps,
} from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { expectConsole } from '../setup/console';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }));
afterEach(() => void vi.useRealTimers());

const Dashboard = ({ token }: DashboardTenantProps): ReactElement => <output>{token.length}</output>;

const answer = (status: number, type: string, text: string) => () =>
  Promise.resolve(new Response(text, { status, headers: { 'content-type': type } }));
const encode = (part: object): string => btoa(JSON.stringify(part)).replaceAll('=', '');
/** Made at run time, for an hour. */
const token = (): string => {
  const iat = Date.now() / 1_000;
  return `${encode({ alg: 'HS256' })}.${encode({ iat, exp: iat + 3_600 })}.signature`;
};

async function open(props: Partial<UpsolveTenantProviderProps>, guard?: ReactElement): Promise<void> {
  const all = { endpoint: '/upsolve/tenant/register', tenantId: 'acme', ...props } as UpsolveTenantProviderProps;
  render(
    <UpsolveTenantProvider {...all}>{guard ?? <SecureUpsolveDashboard dashboard={Dashboard} />}</UpsolveTenantProvider>,
  );
  await act(() => vi.advanceTimersByTimeAsync(120_000));
}

it.each<[string, () => Partial<UpsolveTenantProviderProps>, RegExp]>([
  [
    'a path that is not there',
    () => ({ endpoint: '/nowhere', fetch: answer(404, 'text/html', '<pre>Cannot POST /nowhere</pre>') }),
    /not_found.*POST http:\/\/localhost:3000\/nowhere answered 404.*proxy/,
  ],
  [
    'a login page',
    () => ({ fetch: answer(200, 'text/html', '<form><input type="password"></form>') }),
    /invalid_response.*a page instead of JSON.*login page/,
  ],
  [
    'a date without its zone',
    () => ({
      fetch: answer(
        200,
        'application/json',
        JSON.stringify({ token: token(), expiresAt: '2030-01-01T01:00:00', permissions: {} }),
      ),
    }),
    /expiresAt has no zone.*Send the zone/,
  ],
  [
    'an answer without a CORS header',
    () => ({ endpoint: 'https://api.example/register', fetch: () => Promise.reject(new TypeError('Failed to fetch')) }),
    /network.*https:\/\/api\.example\/register got no answer.*Access-Control-Allow-Origin/,
  ],
  [
    'no endpoint',
    () => ({ endpoint: undefined as never }),
    /endpoint is missing.*endpoint="\/upsolve\/tenant\/register"/,
  ],
])('%s is told once, however often it is tried', async (_name, props, line) => {
  expectConsole('warn', line);
  const warn = vi.spyOn(console, 'warn');
  await open(props());
  expect(warn).toHaveBeenCalledTimes(1);
});

it('a guard without a dashboard prints the import to write, and onError hears it once', async () => {
  expectConsole('warn', /the guard has no dashboard.*import \{ UpsolveDashboardFrame \} from 'react-upsolve-tenant'/);
  const onError = vi.fn();
  const { providerProps } = createFakeBackend();
  const { dashboard: _dashboard, fetch, ...props } = providerProps;
  // The fake's own mark keeps failures silent that were ordered; this is a mistake of the page.
  await open({ ...props, fetch: (...request) => fetch(...request), onError }, <SecureUpsolveDashboard />);
  expect(onError.mock.calls.map(([{ code }]) => code as string)).toEqual(['invalid_options']);
});

it('no source of permissions is told once', async () => {
  expectConsole('warn', /no answer carries permissions and there is no permissionsEndpoint/);
  const warn = vi.spyOn(console, 'warn');
  await open({ fetch: () => answer(200, 'application/json', JSON.stringify({ token: token() }))() });
  expect(warn).toHaveBeenCalledTimes(1);
});

it('an unknown flag is told by its name', async () => {
  expectConsole('warn', /no permission called addCharts/);
  await open({
    fetch: () =>
      answer(200, 'application/json', JSON.stringify({ token: token(), permissions: { addCharts: true } }))(),
  });
});

it('a tenant that is known only later is told to be null until then', async () => {
  expectConsole('warn', /tenantId=\{org\?\.id \?\? null\}/);
  const fetch = (): Promise<Response> =>
    answer(200, 'application/json', JSON.stringify({ token: token(), tenantId: 'acme', permissions: {} }))();
  const page = (tenantId: string | undefined): ReactElement => (
    <UpsolveTenantProvider endpoint="/register" tenantId={tenantId} fetch={fetch}>
      <SecureUpsolveDashboard dashboard={Dashboard} />
    </UpsolveTenantProvider>
  );
  const { rerender } = render(page(undefined));
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  rerender(page('acme'));
  await act(() => vi.advanceTimersByTimeAsync(1_000));
});

it('a dashboard that is written inline is told', async () => {
  expectConsole('warn', /dashboard is another component at each render/);
  const fetch = (): Promise<Response> =>
    answer(200, 'application/json', JSON.stringify({ token: token(), permissions: {} }))();
  const page = (): ReactElement => (
    <UpsolveTenantProvider endpoint="/register" fetch={fetch}>
      <SecureUpsolveDashboard dashboard={() => <p>Sales</p>} />
    </UpsolveTenantProvider>
  );
  const { rerender } = render(page());
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  rerender(page());
});

it('what the fake backend was told to fail is silent', async () => {
  const backend = createFakeBackend();
  backend.respondWith(503);
  await open({ ...backend.providerProps });
});
