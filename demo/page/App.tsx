import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { DemoSessionChange, DemoState } from '../contract.ts';
import { CodeSection } from './code/CodeSection.tsx';
import { DashboardSection } from './dashboard/DashboardSection.tsx';
import type { View } from './dashboard/view.ts';
import { demoApi } from './demoApi.ts';
import { Header } from './Header.tsx';
import { Panel } from './panel/Panel.tsx';
import { Scenes } from './scenes/Scenes.tsx';
import type { SceneId } from './scenes/scenes.ts';
import { SignIn } from './SignIn.tsx';
import { TenantProvider } from './TenantProvider.tsx';

export function App({ initialState }: { initialState: DemoState }) {
  const [state, setState] = useState(initialState);
  const [scene, setScene] = useState<SceneId>('sleep');
  const [view, setView] = useState<View>({
    isFramed: !initialState.isStandIn,
    kind: 'Dashboard',
    search: '',
    handover: 'natural-break',
  });
  // What was pressed goes with a sign-in or sign-out, and would take the focus along.
  const heading = useRef<HTMLHeadingElement>(null);
  const { session, tenants } = state;

  const handleView = (change: Partial<View>): void => setView((before) => ({ ...before, ...change }));
  // An answer that comes after a sign-out is no sign-in.
  const takeOver = (next: DemoState): void =>
    setState((now) => (now.session?.userId === next.session?.userId ? next : now));
  const handleTenant = async (tenantId: string): Promise<void> => takeOver(await demoApi.change({ tenantId }));
  // Shown at once; a change of tenant is not one of these, for it must wait for the backend.
  const handleChange = async (change: Omit<DemoSessionChange, 'tenantId'>): Promise<void> => {
    setState((now) => {
      if (!now.session) return now;
      const faults = { ...now.session.faults, ...change.faults };
      return { ...now, session: { ...now.session, ...change, faults } };
    });
    takeOver(await demoApi.change(change));
  };
  const handleSignIn = async (tenantId: string): Promise<void> => {
    const next = await demoApi.signIn(tenantId);
    flushSync(() => setState(next));
    heading.current?.focus();
  };
  const handleSignOut = (): void => {
    flushSync(() => setState({ ...state, session: null }));
    heading.current?.focus();
    void demoApi.signOut();
  };

  return (
    <TenantProvider session={session}>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <Header tenants={tenants} tenantId={session?.tenantId} onTenant={handleTenant} onSignOut={handleSignOut} />
      <main id="content" tabIndex={-1} className={session ? 'columns' : undefined}>
        {session ? (
          <>
            <Scenes
              scene={scene}
              onScene={setScene}
              session={session}
              tenants={tenants}
              onChange={handleChange}
              onTenant={handleTenant}
            />
            <DashboardSection state={state} view={view} onView={handleView} heading={heading} />
            <CodeSection scene={scene} isFramed={view.isFramed} />
            <Panel
              session={session}
              onChange={handleChange}
              view={view}
              onView={handleView}
              isStandIn={state.isStandIn}
            />
          </>
        ) : (
          <SignIn tenants={tenants} onSignIn={handleSignIn} heading={heading} />
        )}
      </main>
    </TenantProvider>
  );
}
