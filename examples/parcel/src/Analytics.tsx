import { SecureUpsolveDashboard, UpsolveTenantProvider } from 'react-upsolve-tenant';
import { Dashboard } from './Dashboard';
import { Toolbar } from './Toolbar';

export function Analytics({ orgId }: { orgId: string | null }) {
  return (
    <UpsolveTenantProvider
      endpoint="/upsolve/tenant/register"
      refreshEndpoint="/upsolve/tenant/refresh-token"
      tenantId={orgId}
    >
      <Toolbar />
      <SecureUpsolveDashboard dashboard={Dashboard} />
    </UpsolveTenantProvider>
  );
}
