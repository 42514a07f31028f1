import { render, screen } from '@testing-library/react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { expect, it } from 'vitest';
import { createFakeTenant, Dashboard, failed, ready, snapshotOf } from './fakeTenant';

function show(tenant = createFakeTenant()) {
  const view = render(
    <tenant.Provider>
      <SecureUpsolveDashboard component={Dashboard} />
    </tenant.Provider>,
  );
  return { tenant, ...view };
}

it('shows a spinner with its text in a status while loading', () => {
  const { container } = show();
  expect(screen.getByRole('status')).toHaveTextContent('Loading dashboard…');
  expect(container.querySelector('svg')).not.toBeNull();
  expect(screen.queryByTestId('dashboard')).toBeNull();
});

it('shows the dashboard with the token once there is one', () => {
  const { tenant } = show();
  tenant.show(ready('token-1', { flags: { addChart: true } }));
  expect(screen.getByTestId('dashboard')).toHaveTextContent('token-1 addChart');
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

it('shows a spinner instead of the dashboard once the token has expired', () => {
  const { tenant } = show();
  tenant.show(ready('token-1'));
  tenant.show(snapshotOf('a', { status: 'expired', isRefreshing: true }));
  expect(screen.queryByTestId('dashboard')).toBeNull();
  expect(screen.getByRole('status')).toHaveTextContent('Reconnecting…');
});

it('shows an error as an alert with the text of its code', () => {
  const { tenant } = show();
  tenant.show(failed('forbidden'));
  expect(screen.getByRole('alert')).toHaveTextContent('You don’t have access to this dashboard');
});

it('shows nothing while idle', () => {
  const { container } = show(createFakeTenant(snapshotOf('a', { status: 'idle' })));
  expect(container).toBeEmptyDOMElement();
});
