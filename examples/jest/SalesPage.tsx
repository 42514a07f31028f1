import {
  SecureUpsolveDashboard,
  UpsolveTenantProvider,
  type UpsolveTenantProviderProps,
  useUpsolveTenant,
} from 'react-upsolve-tenant';

/** The page under test: a line of its own, and the guard. */
export function SalesPage({ tenantProps }: { tenantProps: UpsolveTenantProviderProps }) {
  return (
    <UpsolveTenantProvider {...tenantProps} tenantId="acme">
      <SalesStatus />
      <SecureUpsolveDashboard dashboardId="sales" />
    </UpsolveTenantProvider>
  );
}

export function SalesStatus() {
  const { status, can } = useUpsolveTenant();
  return <p>{status === 'ready' ? `Sales, ${can('addChart') ? 'editable' : 'to read'}` : `Sales are ${status}`}</p>;
}
