import { useMemo, useState } from 'react';
import { UpsolveDashboard } from '@upsolve/dashboard';
import { UpsolveTenantProvider, type Handover } from 'react-upsolve-tenant';
import type { DemoState, DemoSessionChange } from '../contract.ts';
import { Dashboards } from './Dashboards.tsx';
import { demoApi } from './demoApi.ts';
import { demoClock } from './demoClock.ts';
import { eventLog } from './eventLog.ts';
import { Header } from './Header.tsx';
import { Panel } from './panel/Panel.tsx';
import { SignIn } from './SignIn.tsx';

export function App({ initialState }: { initialState: DemoState }) {
  const [state, setState] = useState(initialState);
  const [handover, setHandover] = useState<Handover>('natural-break');
  const dashboardDefaults = useMemo(() => ({ handover }), [handover]);
  const { session, tenants } = state;

  const handleTenant = (tenantId: string): void => {
    void (session ? demoApi.change({ tenantId }) : demoApi.signIn(tenantId)).then(setState);
  };
  // Shown at once; a change of tenant is not one of these, for it must wait for the backend.
  const handleChange = async (change: Omit<DemoSessionChange, 'tenantId'>): Promise<void> => {
    if (!session) return;
    const faults = { ...session.faults, ...change.faults };
    setState({ ...state, session: { ...session, ...change, faults } });
    setState(await demoApi.change(change));
  };
  const handleSignOut = (): void => {
    setState({ ...state, session: null });
    void demoApi.signOut();
  };

  return (
    <UpsolveTenantProvider
      endpoint="/upsolve/tenant/register"
      refreshEndpoint="/upsolve/tenant/refresh-token"
      permissionsEndpoint="/upsolve/permissions/tenant-settings/"
      tenantId={session?.tenantId ?? null}
      sessionKey={session?.userId}
      clock={demoClock}
      dashboard={UpsolveDashboard}
      dashboardDefaults={dashboardDefaults}
      onEvent={eventLog.add}
    >
      <Header tenants={tenants} tenantId={session?.tenantId} onTenant={handleTenant} onSignOut={handleSignOut} />
      <div className="columns">
        <main>{session ? <Dashboards {...state} /> : <SignIn tenants={tenants} onSignIn={handleTenant} />}</main>
        {session && <Panel session={session} onChange={handleChange} handover={handover} onHandover={setHandover} />}
      </div>
    </UpsolveTenantProvider>
  );
}
