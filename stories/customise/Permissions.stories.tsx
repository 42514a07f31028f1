import type { Meta, StoryObj } from '@storybook/react-vite';
import type { UpsolveGrant } from 'react-upsolve-tenant';
import { expect, waitFor, within } from 'storybook/test';
import { type Canvas, findDashboard } from '../bench/canvas';
import type { Bench } from '../bench/createBench';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';
import { NO_PERMISSIONS, PERMISSION_ARG_TYPES } from '../controls/guardArgTypes';

/** What the dashboard is given. The backend is the authority: flags shape what is offered, they protect nothing. */
const meta = {
  title: 'Customise/Permissions',
  component: Guard,
  argTypes: PERMISSION_ARG_TYPES,
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** The control of the sample dashboard that stands and falls with a grant. */
const CONTROLS: Readonly<Record<UpsolveGrant, RegExp>> = {
  addChart: /^Add chart/,
  addFilter: /^Add filter/,
  createChart: /^Create chart/,
  createChartSQL: /^Create with SQL/,
  editCharts: /^Edit Revenue by month/,
  removeChart: /^Remove Revenue by month/,
  aiCharts: /^Ask AI for a chart/,
  editMarketplace: /^Marketplace/,
  aiInsight: /^Insight/,
  drillDown: /^Enterprise$/,
  editDashboardName: /^Rename/,
};
const GRANTS = Object.keys(CONTROLS) as UpsolveGrant[];

/** One grant, and none of the others. */
function granted(...grants: UpsolveGrant[]): Story {
  return {
    args: { ...NO_PERMISSIONS, ...Object.fromEntries(grants.map((grant) => [grant, true])) },
    play: async ({ canvas }) => expectOffered(canvas, grants),
  };
}

async function expectOffered(canvas: Canvas, grants: readonly UpsolveGrant[]): Promise<void> {
  const dashboard = within(await findDashboard(canvas));
  await waitFor(() => {
    const offered = GRANTS.filter((grant) => dashboard.queryAllByRole('button', { name: CONTROLS[grant] }).length > 0);
    return expect(offered).toEqual(GRANTS.filter((grant) => grants.includes(grant)));
  });
}

/** Add a chart from the library. */
export const AddChart: Story = granted('addChart');

/** Add a filter. */
export const AddFilter: Story = granted('addFilter');

/** Create a chart. */
export const CreateChart: Story = granted('createChart');

/** Create a chart with SQL. */
export const CreateChartSQL: Story = granted('createChartSQL');

/** Edit charts. */
export const EditCharts: Story = granted('editCharts');

/** Remove charts. */
export const RemoveChart: Story = granted('removeChart');

/** Ask for a chart in words. */
export const AiCharts: Story = granted('aiCharts');

/** Edit the marketplace. */
export const EditMarketplace: Story = granted('editMarketplace');

/** Have a chart explained. */
export const AiInsight: Story = granted('aiInsight');

/** Open a figure to what is behind it. */
export const DrillDown: Story = granted('drillDown');

/** Rename the dashboard. */
export const EditDashboardName: Story = granted('editDashboardName');

/** The tabs stay where they are, whatever else is granted. */
export const DisableTabs: Story = {
  name: 'disableTabs',
  args: { ...NO_PERMISSIONS, disableTabs: true },
  play: async ({ canvas }) => {
    const dashboard = within(await findDashboard(canvas));
    await expect(dashboard.getByRole('button', { name: 'Customers' })).toBeDisabled();
  },
};

/** It overrides every grant: here all of them were sent, too. */
export const ReadOnly: Story = {
  name: 'readOnly',
  args: { ...NO_PERMISSIONS, ...grantAll(), readOnly: true },
  play: async ({ canvas }) => {
    await expectOffered(canvas, []);
    await expect(canvas.getByText('Read only')).toBeVisible();
  },
};

/** Somebody who looks and asks, and changes nothing. */
export const Viewer: Story = {
  args: { ...NO_PERMISSIONS, addFilter: true, aiInsight: true, drillDown: true },
  play: async ({ canvas }) => expectOffered(canvas, ['addFilter', 'aiInsight', 'drillDown']),
};

/** Somebody who may do everything. */
export const Editor: Story = {
  args: { ...NO_PERMISSIONS, ...grantAll() },
  play: async ({ canvas }) => expectOffered(canvas, GRANTS),
};

/** No flag was sent: absent is false. */
export const Nothing: Story = granted();

/** The permissions endpoint never answers well: read-only, and the dashboard all the same. */
export const Unknown: Story = {
  name: 'Not known',
  args: NO_PERMISSIONS,
  parameters: {
    bench: {
      permissionsFrom: 'endpoint',
      beforeFirst: ({ backend }: Bench) => backend.respondWith(500, { request: 'permissions' }),
    },
  },
  play: async ({ canvas }) => {
    await expectOffered(canvas, []);
    await expect(canvas.getByText('Read only')).toBeVisible();
  },
};

/** A grant that is taken away reaches a native dashboard at once, before any handover. */
export const TakenAway: Story = {
  name: 'Taken away',
  args: { ...NO_PERMISSIONS, ...grantAll() },
  parameters: { bench: { afterReady: ({ backend }: Bench) => backend.setPermissions({ readOnly: true }) } },
  play: async ({ canvas, userEvent }) => {
    await expectOffered(canvas, GRANTS);
    await userEvent.click(canvas.getByRole('button', { name: 'Refresh' }));
    await expectOffered(canvas, []);
  },
};

function grantAll(): Record<string, boolean> {
  return Object.fromEntries(GRANTS.map((grant) => [grant, true]));
}
