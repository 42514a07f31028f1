import type { TenantIdentity } from 'react-upsolve-tenant/server';
import type { DemoSession, Role } from '../contract.ts';
import type { Settings } from '../settings.ts';

export interface DemoTenant {
  id: string;
  name: string;
  prefilters: Record<string, unknown>;
}

/** The app's customers; with a real key there is one, whose rows the environment names. */
export function listTenants({ isStandIn, prefilters, displayName }: Settings): DemoTenant[] {
  if (!isStandIn) return [{ id: 'demo', name: displayName, prefilters: prefilters ?? {} }];
  return ['Northwind', 'Contoso', 'Fabrikam'].map((name) => {
    const id = name.toLowerCase();
    return { id, name, prefilters: { organization_id: id } };
  });
}

const PERMISSIONS: Record<Role, TenantIdentity['permissions']> = {
  Designer: {
    addChart: true,
    addFilter: true,
    createChart: true,
    createChartSQL: true,
    editCharts: true,
    removeChart: true,
    aiCharts: true,
    editMarketplace: true,
    aiInsight: true,
    drillDown: true,
    editDashboardName: true,
  },
  Analyst: { addFilter: true, createChart: true, editCharts: true, aiInsight: true, drillDown: true },
  Viewer: { drillDown: true },
  'Read only': { readOnly: true, disableTabs: true },
};

export const isRole = (text: unknown): text is Role => typeof text === 'string' && Object.hasOwn(PERMISSIONS, text);

/** A session → whose data its tokens may show: the browser has no say in it. */
export function identityOf(session: DemoSession, tenants: readonly DemoTenant[]): TenantIdentity | null {
  const tenant = tenants.find(({ id }) => id === session.tenantId);
  if (!tenant) return null;
  return {
    tenantId: tenant.id,
    userId: session.userId,
    displayName: tenant.name,
    prefilters: tenant.prefilters,
    permissions: PERMISSIONS[session.role],
    expiration: session.tokenSeconds === null ? undefined : `${session.tokenSeconds}s`,
  };
}
