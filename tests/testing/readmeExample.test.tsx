import { render, screen } from '@testing-library/react';
import { SecureUpsolveDashboard, UpsolveTenantProvider, type UpsolveTenantProviderProps } from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { expect, test } from 'vitest';

/** Stands for a user's own page. */
function SalesPage({ tenantProps }: { tenantProps: UpsolveTenantProviderProps }) {
  return (
    <UpsolveTenantProvider {...tenantProps} tenantId="acme">
      <SecureUpsolveDashboard dashboardId="sales" />
    </UpsolveTenantProvider>
  );
}

// #region readme
test('the sales page gets a new token when its own has expired', async () => {
  const backend = createFakeBackend({ permissions: { addFilter: true } });
  render(<SalesPage tenantProps={backend.providerProps} />);
  expect(await screen.findByText('addFilter')).toBeVisible();

  backend.hang();
  backend.expireNow();
  expect(await screen.findByText('Reconnecting…')).toBeVisible();

  backend.release();
  expect(await screen.findByText('addFilter')).toBeVisible();
  expect(backend.requests).toHaveLength(2);
});
// #endregion
