import { type ReactElement, type ReactNode, useLayoutEffect, useMemo, useState } from 'react';
import {
  type DashboardComponent,
  type DashboardDefaults,
  UpsolveTenantContext,
  type UpsolveTenantContextValue,
} from 'react-upsolve-tenant';
import { type FakeTenantState, getFakeIdentity } from './fakeState';
import { createFakeTenantSource, type FakeProviderSpies } from './fakeTenantSource';
import { FakeUpsolveDashboard } from './FakeUpsolveDashboard';

export interface FakeUpsolveTenantProviderProps extends FakeProviderSpies {
  /** The state to hold still; it may be written inline. @default {status: 'ready'} */
  state?: FakeTenantState | undefined;
  /** What `SecureUpsolveDashboard` renders. @default FakeUpsolveDashboard, so that nobody asks Upsolve */
  dashboard?: DashboardComponent | undefined;
  dashboardDefaults?: DashboardDefaults | undefined;
  children?: ReactNode;
}

const READY: FakeTenantState = { status: 'ready' };

/**
 * Stands where `UpsolveTenantProvider` stands and holds one state still: no request, no timer. Hooks and guards below
 * behave as under the real one. `refresh()` resolves with the tenant of a good `ready`, and else rejects with the
 * state's error, or with `aborted` where it has none.
 */
export function FakeUpsolveTenantProvider(props: FakeUpsolveTenantProviderProps): ReactElement {
  const { state = READY, dashboard = FakeUpsolveDashboard, dashboardDefaults, children } = props;
  const [fake] = useState(() => createFakeTenantSource(state));
  useLayoutEffect(() => fake.show(state, props));
  const { source, handoverHub } = fake;
  const identity = getFakeIdentity(state);
  const value = useMemo<UpsolveTenantContextValue>(
    () => ({ source, identity, handoverHub, dashboard, dashboardDefaults }),
    [source, identity, handoverHub, dashboard, dashboardDefaults],
  );
  return <UpsolveTenantContext.Provider value={value}>{children}</UpsolveTenantContext.Provider>;
}
