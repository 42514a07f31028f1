import type { CSSProperties, ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { type DashboardTenantProps, SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { FakeUpsolveTenantProvider, type FakeTenantState } from 'react-upsolve-tenant/testing';

export interface Scene {
  state: FakeTenantState;
  /** The guard's place. */
  box?: CSSProperties;
  /** Height of the native dashboard. */
  dashboardHeight?: CSSProperties['height'];
  guards?: number;
  hasSignIn?: boolean;
}

declare global {
  interface Window {
    show: (scene: Scene) => void;
  }
}

const root = createRoot(document.getElementById('root')!);

function Page({ state, box, dashboardHeight = 100, guards = 1, hasSignIn = false }: Scene): ReactElement {
  const Dashboard = DASHBOARDS.get(dashboardHeight) ?? createDashboard(dashboardHeight);
  return (
    <FakeUpsolveTenantProvider state={state} dashboard={Dashboard}>
      {Array.from({ length: guards }, (_, index) => (
        <div key={index} className="box" style={box}>
          <SecureUpsolveDashboard title={`Sales ${index}`} signIn={hasSignIn ? <a href="#in">Sign in</a> : undefined} />
        </div>
      ))}
    </FakeUpsolveTenantProvider>
  );
}

const DASHBOARDS = new Map<CSSProperties['height'], (props: DashboardTenantProps) => ReactElement>();

function createDashboard(height: CSSProperties['height']): (props: DashboardTenantProps) => ReactElement {
  const Dashboard = (): ReactElement => (
    <div className="dashboard" style={{ height }}>
      <input aria-label="Inside" />
    </div>
  );
  DASHBOARDS.set(height, Dashboard);
  return Dashboard;
}

window.show = (scene) => flushSync(() => root.render(<Page {...scene} />));
