import { render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { type DashboardTenantProps, SecureUpsolveDashboard, useUpsolveTenant } from 'react-upsolve-tenant';
import { expect, it, vi } from 'vitest';
import { createFakeTenant, Dashboard, failed, ready } from './fakeTenant';

const isReady = () => createFakeTenant(ready('token-1'));

function Reporting(props: DashboardTenantProps & { locale: 'de' | 'en'; title?: string }): ReactElement {
  return <output>{JSON.stringify(Object.keys(props).sort())}</output>;
}

it('forwards what is not its own to the dashboard it is given', () => {
  const tenant = isReady();
  render(
    <tenant.Provider>
      <SecureUpsolveDashboard
        dashboard={Reporting}
        locale="de"
        title="Sales"
        className="mine"
        style={{ height: 100 }}
        handover="immediate"
        labels={{ retry: 'Again' }}
        notice={null}
        loadingFallback="…"
        expiredFallback="…"
        idleFallback="…"
        errorFallback="…"
      />
    </tenant.Provider>,
  );
  expect(document.querySelector('output')).toHaveTextContent('["locale","permissions","title","token"]');
});

it('is a region by the title it is given, and no landmark without one', () => {
  const tenant = isReady();
  const view = render(
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Dashboard} title="Sales" />
    </tenant.Provider>,
  );
  expect(screen.getByRole('region', { name: 'Sales' })).toBeInTheDocument();
  view.rerender(
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Dashboard} />
    </tenant.Provider>,
  );
  expect(screen.queryByRole('region')).toBeNull();
});

it('shows what its render function returns before its own dashboard, and that before the provider’s', () => {
  const tenant = isReady();
  const Provided = () => <p>provided</p>;
  const view = render(
    <tenant.Provider dashboard={Provided}>
      <SecureUpsolveDashboard dashboard={Dashboard} />
    </tenant.Provider>,
  );
  expect(screen.getByTestId('dashboard')).toBeInTheDocument();
  view.rerender(
    <tenant.Provider dashboard={Provided}>
      <SecureUpsolveDashboard />
    </tenant.Provider>,
  );
  expect(screen.getByText('provided')).toBeInTheDocument();
  view.rerender(
    <tenant.Provider dashboard={Provided}>
      <SecureUpsolveDashboard>{() => 'rendered'}</SecureUpsolveDashboard>
    </tenant.Provider>,
  );
  expect(view.container).toHaveTextContent('rendered');
});

it('shows nothing by itself: with nothing to show it says that it isn’t set up, and the provider hears it', () => {
  const tenant = isReady();
  const onGuardError = vi.fn();
  const { container } = render(
    <tenant.Provider onGuardError={onGuardError}>
      <SecureUpsolveDashboard dashboardId="board" />
    </tenant.Provider>,
  );
  expect(container.firstElementChild).toHaveAttribute('data-status', 'error');
  expect(container.firstElementChild).toHaveAttribute('data-upsolve-error', 'invalid_options');
  expect(screen.getByRole('alert')).toHaveTextContent('This dashboard isn’t set up yet');
  expect(screen.queryByRole('button')).toBeNull();
  expect(onGuardError).toHaveBeenCalledWith(expect.objectContaining({ code: 'invalid_options' }));
  expect(container).not.toHaveTextContent('token-1');
});

it('calls a render function with a usable tenant only', () => {
  const tenant = createFakeTenant();
  const children = vi.fn(({ token }: DashboardTenantProps) => <p>{token}</p>);
  render(
    <tenant.Provider>
      <SecureUpsolveDashboard>{children}</SecureUpsolveDashboard>
    </tenant.Provider>,
  );
  tenant.show(failed('server'));
  expect(children).not.toHaveBeenCalled();
  tenant.show(ready('token-1', { flags: { drillDown: true } }));
  expect(screen.getByText('token-1')).toBeInTheDocument();
  expect(children.mock.lastCall?.[0].permissions.drillDown).toBe(true);
});

it('puts its own props before the defaults of the provider, and merges labels by key', () => {
  const tenant = createFakeTenant(failed('server'));
  const { container } = render(
    <tenant.Provider
      dashboardDefaults={{
        className: 'theirs',
        labels: { errorTitles: { busy: 'Theirs' }, retry: 'Theirs', errors: { busy: 'Theirs', offline: 'Theirs' } },
      }}
    >
      <SecureUpsolveDashboard
        dashboard={Dashboard}
        className="mine"
        labels={{ retry: 'Mine', errorTitles: { busy: undefined }, errors: { server: 'Mine' } }}
      />
    </tenant.Provider>,
  );
  expect(container.firstElementChild).toHaveClass('upsolve-tenant', 'mine');
  expect(container.firstElementChild).not.toHaveClass('theirs');
  expect(screen.getByRole('alert')).toHaveTextContent('TheirsMine');
  expect(screen.getByRole('button', { name: 'Mine' })).toBeInTheDocument();
});

it('tells the cure where no provider is above', () => {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(() => render(<SecureUpsolveDashboard dashboard={Dashboard} />)).toThrow(/needs <UpsolveTenantProvider> above/);
  quiet.mockRestore();
});

it('has types that know its dashboard or the render function, and take whatever the provider’s takes', () => {
  const elements = [
    <SecureUpsolveDashboard key={1} dashboard={Reporting} locale="en" />,
    <SecureUpsolveDashboard key={2} whatever={1} the="provider’s" takes={() => 0} />,
    <SecureUpsolveDashboard key={5}>{({ token }) => token}</SecureUpsolveDashboard>,
    // @ts-expect-error -- a prop that the dashboard does not know
    <SecureUpsolveDashboard key={6} dashboard={Reporting} locale="fr" />,
    // @ts-expect-error -- a prop that the dashboard needs
    <SecureUpsolveDashboard key={7} dashboard={Reporting} />,
    // @ts-expect-error -- the token is the guard's to give
    <SecureUpsolveDashboard key={8} dashboard={Reporting} locale="en" token="mine" />,
    // @ts-expect-error -- the same where the dashboard is the provider's
    <SecureUpsolveDashboard key={9} token="mine" />,
    // @ts-expect-error -- a render function or a dashboard
    <SecureUpsolveDashboard key={10} dashboard={Dashboard}>
      {() => null}
    </SecureUpsolveDashboard>,
  ];
  expect(elements).toHaveLength(8);
});

it('lets a dashboard inside use the hooks', () => {
  const tenant = isReady();
  const Inside = () => <p>{useUpsolveTenant().status}</p>;
  render(
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Inside} />
    </tenant.Provider>,
  );
  expect(screen.getByText('ready')).toBeInTheDocument();
});
