import { render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { type DashboardTenantProps, SecureUpsolveDashboard, useUpsolveTenant } from 'react-upsolve-tenant';
import { expect, it, vi } from 'vitest';
import { createFakeTenant, Dashboard, failed, ready } from './fakeTenant';

const isReady = () => createFakeTenant(ready('token-1'));

function Reporting(props: DashboardTenantProps & { locale: 'de' | 'en'; title?: string }): ReactElement {
  return <output>{JSON.stringify(Object.keys(props).sort())}</output>;
}

it('forwards what is not its own to the component it is given', () => {
  const tenant = isReady();
  render(
    <tenant.Provider>
      <SecureUpsolveDashboard
        component={Reporting}
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
      <SecureUpsolveDashboard component={Dashboard} title="Sales" />
    </tenant.Provider>,
  );
  expect(screen.getByRole('region', { name: 'Sales' })).toBeInTheDocument();
  view.rerender(
    <tenant.Provider>
      <SecureUpsolveDashboard component={Dashboard} />
    </tenant.Provider>,
  );
  expect(screen.queryByRole('region')).toBeNull();
});

it('renders its component before the one of the provider, and the frame without either', () => {
  const tenant = isReady();
  const Provided = () => <p>provided</p>;
  const view = render(
    <tenant.Provider dashboard={Provided}>
      <SecureUpsolveDashboard component={Dashboard} />
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
    <tenant.Provider>
      <SecureUpsolveDashboard dashboardId="board" />
    </tenant.Provider>,
  );
  expect(screen.getByTitle('Dashboard')).toHaveAttribute('src', expect.stringContaining('/share/dashboard/board'));
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
        labels: { errorTitle: 'Theirs', retry: 'Theirs', errors: { server: 'Theirs', network: 'Theirs' } },
      }}
    >
      <SecureUpsolveDashboard
        component={Dashboard}
        className="mine"
        labels={{ retry: 'Mine', errorTitle: undefined, errors: { server: 'Mine' } }}
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
  expect(() => render(<SecureUpsolveDashboard component={Dashboard} />)).toThrow(/needs <UpsolveTenantProvider> above/);
  quiet.mockRestore();
});

it('has types that know the component, the frame and the render function', () => {
  const elements = [
    <SecureUpsolveDashboard key={1} component={Reporting} locale="en" />,
    <SecureUpsolveDashboard<typeof Reporting> key={2} locale="en" />,
    <SecureUpsolveDashboard key={3} dashboardId="a" version={2} theme="dark" />,
    <SecureUpsolveDashboard key={4} applicationId="a" onSearchChange={(search) => search.length} />,
    <SecureUpsolveDashboard key={5}>{({ token }) => token}</SecureUpsolveDashboard>,
    // @ts-expect-error -- a prop that the component does not know
    <SecureUpsolveDashboard key={6} component={Reporting} locale="fr" />,
    // @ts-expect-error -- a prop that the component needs
    <SecureUpsolveDashboard key={7} component={Reporting} />,
    // @ts-expect-error -- the token is the guard's to give
    <SecureUpsolveDashboard key={8} component={Reporting} locale="en" token="mine" />,
    // @ts-expect-error -- one kind of frame, not two
    <SecureUpsolveDashboard key={9} dashboardId="a" agentId="b" />,
    // @ts-expect-error -- a render function or a component
    <SecureUpsolveDashboard key={10} component={Dashboard}>
      {() => null}
    </SecureUpsolveDashboard>,
  ];
  expect(elements).toHaveLength(10);
});

it('lets a component inside use the hooks', () => {
  const tenant = isReady();
  const Inside = () => <p>{useUpsolveTenant().status}</p>;
  render(
    <tenant.Provider>
      <SecureUpsolveDashboard component={Inside} />
    </tenant.Provider>,
  );
  expect(screen.getByText('ready')).toBeInTheDocument();
});
