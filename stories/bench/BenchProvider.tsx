import { UpsolveDashboard, type UpsolveDashboardProps } from '@upsolve/dashboard';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type DashboardComponent, UpsolveDashboardFrame, UpsolveTenantProvider } from 'react-upsolve-tenant';
import { BenchBar } from './BenchBar';
import { BenchLog } from './BenchLog';
import { SIGNED_OUT, TENANTS } from './benchControls';
import { type BenchOptions, createBench, type Flags, type Mood } from './createBench';

export type Theme = 'system' | 'light' | 'dark';

export interface BenchProviderProps {
  options: BenchOptions;
  /** Of the toolbar; undefined where it says nothing. */
  mood: Mood | undefined;
  /** Of the controls; undefined where the story leaves them to its backend. */
  flags: Flags | undefined;
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
export function BenchProvider({ options, mood, flags, children, ...props }: BenchProviderProps) {
  const [bench] = useState(() =>
    createBench({
      tenantName: (id) => TENANTS[id] ?? id,
      ...options,
      ...(mood !== undefined && { mood, afterReady: undefined }),
      ...(flags !== undefined && { permissions: flags }),
    }),
  );
  const [tenant, setTenant] = useState(props.isSignedOut ? SIGNED_OUT : 'acme');
  const session = useSyncExternalStore(bench.subscribe, bench.getSession);
  const knownMood = useRef(mood);
  useEffect(() => {
    const before = knownMood.current;
    knownMood.current = mood;
    if (mood !== undefined && mood !== before) bench.setMood(mood);
  }, [bench, mood]);
  const knownFlags = useRef(JSON.stringify(flags));
  useEffect(() => {
    const before = knownFlags.current;
    knownFlags.current = JSON.stringify(flags);
    if (flags !== undefined && knownFlags.current !== before) bench.grant(flags);
  }, [bench, flags]);

  const { fetch: _ownFetch, dashboard: _fakeDashboard, ...providerProps } = bench.backend.providerProps;
  return (
    <UpsolveTenantProvider
      {...providerProps}
      fetch={bench.fetch}
      tenantId={tenant === SIGNED_OUT ? null : tenant}
      sessionKey={session}
      requestTimeoutMs={props.requestTimeoutMs}
      onEvent={bench.noteEvent}
      dashboard={props.isFramed ? UpsolveDashboardFrame : DASHBOARDS[props.theme]}
    >
      {props.hasBar && <BenchBar bench={bench} tenant={tenant} onTenantChange={setTenant} />}
      {children}
      {props.hasLog && <BenchLog bench={bench} />}
    </UpsolveTenantProvider>
  );
}
