import { UpsolveDashboard } from '@upsolve/dashboard';
import type { CSSProperties } from 'react';
import { type DashboardTenantProps, SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { type FakeTenantState, FakeUpsolveTenantProvider } from 'react-upsolve-tenant/testing';

/** A state that stands still, and what it means. */
export interface HeldState {
  readonly name: string;
  readonly describes: string;
  /** The story that lives through it. */
  readonly storyId: string;
  readonly state: FakeTenantState;
}

const PERMISSIONS = { addFilter: true, drillDown: true };
const ACME = { id: 'acme', displayName: 'Acme', permissions: PERMISSIONS };
const GLOBEX = { id: 'globex', displayName: 'Globex', permissions: PERMISSIONS };

/** Every state of the guard. */
export const HELD_STATES: readonly HeldState[] = [
  {
    name: 'Loading',
    describes: 'The first token is on its way.',
    storyId: 'states-status--loading',
    state: { status: 'loading' },
  },
  {
    name: 'Ready',
    describes: 'A usable token: the dashboard speaks.',
    storyId: 'states-status--ready',
    state: { status: 'ready', tenant: ACME },
  },
  {
    name: 'Ready, refresh failing',
    describes: 'The token is still good, and a notice says the rest.',
    storyId: 'states-status--refresh-failing-while-ready',
    state: { status: 'ready', tenant: GLOBEX, error: 'server' },
  },
  {
    name: 'Expired',
    describes: 'The token has ended, the next is on its way.',
    storyId: 'states-status--expired',
    state: { status: 'expired' },
  },
  {
    name: 'Error, tried again',
    describes: 'Asking has failed and goes on by itself.',
    storyId: 'states-status--offline',
    state: { status: 'error', error: 'network' },
  },
  {
    name: 'Error, up to the user',
    describes: 'Somebody has to do something: here, sign in.',
    storyId: 'states-errors--unauthenticated',
    state: { status: 'error', error: 'unauthenticated' },
  },
  {
    name: 'Signed out',
    describes: 'Nothing is asked. What the app puts there, here a sign-in place; without it, nothing.',
    storyId: 'states-status--idle',
    state: { status: 'idle' },
  },
];

export interface HeldGuardProps extends Record<string, unknown> {
  state: FakeTenantState;
  title: string;
  theme?: 'light' | 'dark';
}

/** A real guard that stays in one state. */
export function HeldGuard({ state, theme, ...props }: HeldGuardProps) {
  return (
    <FakeUpsolveTenantProvider state={state} dashboard={theme ? THEMED[theme] : UpsolveDashboard}>
      <SecureUpsolveDashboard {...props} />
    </FakeUpsolveTenantProvider>
  );
}

const THEMED = {
  light: (props: DashboardTenantProps) => <UpsolveDashboard {...props} theme="light" />,
  dark: (props: DashboardTenantProps) => <UpsolveDashboard {...props} theme="dark" />,
};

export interface HeldStatesProps {
  width: string;
  height: string;
  /** Of each guard. */
  guard?: Readonly<Record<string, unknown>>;
}

/** Every state that shows something, each in a place of one size. */
export function HeldStates({ width, height, guard = {} }: HeldStatesProps) {
  const place: CSSProperties = { width, height, maxWidth: '100%', overflow: 'auto' };
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: '1rem' }}>
      {HELD_STATES.filter(({ state }) => state.status !== 'idle').map(({ name, state }) => (
        <div key={name} className="place" style={place}>
          <HeldGuard {...guard} state={state} title={name} />
        </div>
      ))}
    </div>
  );
}
