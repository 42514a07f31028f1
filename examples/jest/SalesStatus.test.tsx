import { render, screen } from '@testing-library/react';
import { createFakeTenant, FakeUpsolveTenantProvider } from 'react-upsolve-tenant/testing';
import { SalesStatus } from './SalesPage';

test('a state is held still', () => {
  render(
    <FakeUpsolveTenantProvider state={{ status: 'expired' }}>
      <SalesStatus />
    </FakeUpsolveTenantProvider>,
  );
  expect(screen.getByText('Sales are expired')).toBeInTheDocument();
});

test('permissions are those of the tenant', () => {
  const tenant = createFakeTenant({ permissions: { addChart: true } });
  render(
    <FakeUpsolveTenantProvider state={{ status: 'ready', tenant }}>
      <SalesStatus />
    </FakeUpsolveTenantProvider>,
  );
  expect(screen.getByText('Sales, editable')).toBeInTheDocument();
});
