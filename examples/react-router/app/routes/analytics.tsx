import { data } from 'react-router';
import { SecureUpsolveDashboard, UpsolveTenantProvider } from 'react-upsolve-tenant';
import { Dashboard } from '../Dashboard';
import { Toolbar } from '../Toolbar';
import { handler, identify } from '../upsolve.server';
import type { Route } from './+types/analytics';

export async function loader({ request }: Route.LoaderArgs) {
  const identity = await identify(request);
  if (!identity) throw data('Nobody is signed in.', { status: 401 });
  // Without one, as while Upsolve is down, the page asks by itself.
  const initialTenant = await handler.tenantFor(identity).catch(() => undefined);
  // The page holds a token: no cache may keep it.
  return data({ orgId: identity.tenantId, initialTenant }, { headers: { 'Cache-Control': 'private, no-store' } });
}

export const headers = ({ loaderHeaders }: Route.HeadersArgs) => loaderHeaders;

export default function Analytics({ loaderData }: Route.ComponentProps) {
  return (
    <main>
      <h1>Analytics</h1>
      <UpsolveTenantProvider
        endpoint="/upsolve/tenant/register"
        refreshEndpoint="/upsolve/tenant/refresh-token"
        tenantId={loaderData.orgId}
        initialTenant={loaderData.initialTenant}
      >
        <Toolbar />
        <SecureUpsolveDashboard dashboard={Dashboard} />
      </UpsolveTenantProvider>
    </main>
  );
}
