import { UpsolveDashboard, type UpsolveDashboardProps } from '@upsolve/dashboard';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type DashboardComponent, UpsolveDashboardFrame, UpsolveTenantProvider } from 'react-upsolve-tenant';
import { BenchBar } from './BenchBar';
import { SIGNED_OUT, TENANTS } from './benchControls';
import { type BenchOptions, type ClockMove, createBench, type Mood } from './createBench';

export type Theme = 'system' | 'light' | 'dark';

export interface BenchProviderProps {
  options: BenchOptions;
  /** Of the toolbar; undefined where it says nothing. */
  mood: Mood | undefined;
  clockMove: ClockMove | undefined;
  hasBar: boolean;
  hasLog: boolean;
  requestTimeoutMs: number | undefined;
  isFramed: boolean;
  isSignedOut: boolean;
  theme: Theme;
  children: ReactNode;
}

/** By itself the dashboard follows the system, and knows nothing of Storybook's toolbar. */
const DASHBOARDS: Readonly<Record<Theme, DashboardComponent>> = {
  system: UpsolveDashboard,
  light: (props: UpsolveDashboardProps) => <UpsolveDashboard {...props} theme="light" />,
  dark: (props: UpsolveDashboardProps) => <UpsolveDashboard {...props} theme="dark" />,
};

/** The real provider over a backend inside the page, and the strip that steers both. */
export function BenchProvider({ options, mood, clockMove, children, ...props }: BenchProviderProps) {
  const [bench] = useState(() =>
    createBench({
      tenantName: (id) => TENANTS[id] ?? id,
      ...options,
      ...(mood !== undefined && { mood, afterReady: undefined }),
    }),
  );
  const [tenant, setTenant] = useState(props.isSignedOut ? SIGNED_OUT : 'acme');
  const known = useRef({ mood, clockMove });
  useEffect(() => {
    const before = known.current;
    known.current = { mood, clockMove };
    if (mood !== undefined && mood !== before.mood) bench.setMood(mood);
    if (clockMove !== undefined && clockMove !== before.clockMove) bench.moveClock(clockMove);
  }, [bench, mood, clockMove]);

  const { fetch: _ownFetch, dashboard: _fakeDashboard, ...providerProps } = bench.backend.providerProps;
  return (
    <UpsolveTenantProvider
      {...providerProps}
      fetch={bench.fetch}
      tenantId={tenant === SIGNED_OUT ? null : tenant}
      requestTimeoutMs={props.requestTimeoutMs}
      onEvent={bench.noteEvent}
      dashboard={props.isFramed ? UpsolveDashboardFrame : DASHBOARDS[props.theme]}
    >
      {children}
      {props.hasBar && <BenchBar bench={bench} hasLog={props.hasLog} tenant={tenant} onTenantChange={setTenant} />}
    </UpsolveTenantProvider>
  );
}
