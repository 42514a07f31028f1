import type { Meta, StoryObj } from '@storybook/react-vite';
import type { FakeTenantState } from 'react-upsolve-tenant/testing';
import { expect, within } from 'storybook/test';
import { DEFAULT_LABELS } from '../../src/react/guard/labels';
import { findDashboard } from '../bench/canvas';
import { HeldGuard } from '../bench/HeldStates';
import { Guard } from '../controls/Guard';
import { type GuardArgs, PERMISSIONS, readFlags, readGuardProps, TEXT_ARGS } from '../controls/guardArgs';
import { NO_PERMISSIONS, PERMISSION_ARG_TYPES, TEXT_ARG_TYPES } from '../controls/guardArgTypes';

/** States that stand still, by the name of the control. */
const HELD = {
  loading: { status: 'loading' },
  'refresh failing': { status: 'ready', error: 'server' },
  expired: { status: 'expired' },
  'no connection': { status: 'error', error: 'network' },
  'session ended': { status: 'error', error: 'unauthenticated' },
  'no access': { status: 'error', error: 'forbidden' },
  'signed out': { status: 'idle' },
} as const satisfies Readonly<Record<string, FakeTenantState>>;

type PlaygroundArgs = GuardArgs & { state: 'live' | keyof typeof HELD };

/** Every text, slot, permission and look of one guard, to be changed by hand. */
const meta = {
  title: 'Guide/Playground',
  component: Guard,
  args: { state: 'live', ...TEXT_ARGS, ...NO_PERMISSIONS, addFilter: true, aiInsight: true, drillDown: true },
  argTypes: {
    state: {
      description: 'The state to look at. `live` is a real provider: the strip above moves its time and its backend.',
      control: 'select',
      options: ['live', ...Object.keys(HELD)],
      table: { category: 'State', type: { summary: 'string' }, defaultValue: { summary: 'live' } },
    },
    // Here each text has a control of its own.
    labels: { table: { disable: true } },
    ...TEXT_ARG_TYPES,
    ...PERMISSION_ARG_TYPES,
  },
  parameters: { controls: { expanded: true } },
  render: ({ state, ...args }) =>
    state === 'live' || !(state in HELD) ? (
      <Guard {...args} />
    ) : (
      <HeldGuard {...readGuardProps(args)} title={args.title ?? ''} state={holdState(HELD[state], args)} />
    ),
} satisfies Meta<PlaygroundArgs>;

export default meta;
type Story = StoryObj<PlaygroundArgs>;

function holdState(state: FakeTenantState, args: GuardArgs): FakeTenantState {
  const permissions = readFlags(args) ?? {};
  return state.status === 'ready' ? { ...state, tenant: { id: 'acme', displayName: 'Acme', permissions } } : state;
}

/** Change a control and see the guard follow. The code in the panel follows, too. */
export const Playground: Story = {
  play: async ({ canvas, args }) => {
    const dashboard = within(await findDashboard(canvas));
    await expect(dashboard.getAllByRole('button', { name: /^Add filter/ }).length).toBeGreaterThan(0);
    await expect(PERMISSIONS.every((name) => typeof args[name] === 'boolean')).toBe(true);
    await expect(args['text-retry']).toBe(DEFAULT_LABELS.retry);
  },
};
