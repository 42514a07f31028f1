'use client';

import { SecureUpsolveDashboard, UpsolveTenantProvider } from 'react-upsolve-tenant';
import type { SerializedTenant } from 'react-upsolve-tenant/server';
import { Dashboard } from './Dashboard';
import { Toolbar } from './Toolbar';

export function Analytics({ orgId, initialTenant }: { orgId: string; initialTenant: SerializedTenant }) {
  return (
    <UpsolveTenantProvider
      endpoint="/upsolve/tenant/register"
      refreshEndpoint="/upsolve/tenant/refresh-token"
      tenantId={orgId}
      initialTenant={initialTenant}
    >
      <Toolbar />
      <SecureUpsolveDashboard dashboard={Dashboard} />
    </UpsolveTenantProvider>
  );
}
