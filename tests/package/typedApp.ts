/** A file of an app that uses every entry, and what the types refuse. */
export const APP = `
import { isUpsolveTenantError, SecureUpsolveDashboard, UpsolveDashboardFrame, UpsolveTenantProvider, useTokenRefresh, useUpsolveTenant } from 'react-upsolve-tenant';
import { createUpsolveTenantHandler, type TenantIdentity } from 'react-upsolve-tenant/server';
import { createFakeBackend, FakeUpsolveTenantProvider } from 'react-upsolve-tenant/testing';
import 'react-upsolve-tenant/styles.css';

export const handler: typeof createUpsolveTenantHandler = createUpsolveTenantHandler;
export const backend = createFakeBackend();
export function Status() {
  const tenant = useUpsolveTenant();
  const { nextAttemptAt, handoverNow } = useTokenRefresh();
  if (isUpsolveTenantError(tenant.error)) return <button onClick={handoverNow}>{nextAttemptAt?.toISOString()}</button>;
  // The union tells what is there: a token only where the status says so.
  return <p>{tenant.status === 'ready' ? tenant.tenant.token : tenant.status}</p>;
}
export const app = (
  <UpsolveTenantProvider endpoint="/upsolve/tenant/register">
    <Status />
    <SecureUpsolveDashboard dashboard={UpsolveDashboardFrame} dashboardId="sales" theme="system" />
    <SecureUpsolveDashboard>{({ token }) => <p>{token}</p>}</SecureUpsolveDashboard>
  </UpsolveTenantProvider>
);
export const fake = <FakeUpsolveTenantProvider state={{ status: 'loading' }}>{app}</FakeUpsolveTenantProvider>;
// @ts-expect-error -- an option that does not exist is refused
export const wrong = <UpsolveTenantProvider endpoint="/" retries={3} />;
// @ts-expect-error -- endpoint is missing
export const missing = <UpsolveTenantProvider />;
// @ts-expect-error -- the frame has no such prop
export const misspelt = <SecureUpsolveDashboard dashboard={UpsolveDashboardFrame} dashbordId="sales" />;
// @ts-expect-error -- one kind of page
export const both = <SecureUpsolveDashboard dashboard={UpsolveDashboardFrame} dashboardId="sales" agentId="analyst" />;
// @ts-expect-error -- an answer, not a promise of one
export const early = <UpsolveTenantProvider endpoint="/" initialTenant={Promise.resolve({})} />;
const served = createUpsolveTenantHandler({ identify: () => null });
export async function Page({ identity }: { identity: TenantIdentity }) {
  const initialTenant = await served.tenantFor(identity);
  // @ts-expect-error -- what the handler answers is awaited first
  const unawaited = <UpsolveTenantProvider endpoint="/" initialTenant={served.tenantFor(identity)} />;
  return <UpsolveTenantProvider endpoint="/" initialTenant={initialTenant}>{unawaited}</UpsolveTenantProvider>;
}
`;

/** The stand-in for the private package is an ES module, which TypeScript lets no CommonJS file import. */
export const WITH_PRIVATE_PACKAGE = `${APP}
import { SecureUpsolveDashboard as Bound } from 'react-upsolve-tenant/dashboard';
export const bound = <Bound title="Sales" />;
`;
