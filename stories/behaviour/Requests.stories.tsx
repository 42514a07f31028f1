import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';
import { findDashboard } from '../bench/canvas';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';

/** What a page asks of a backend, as it is asked. */
const meta = {
  title: 'Behaviour/Requests',
  component: Guard,
  parameters: {
    bench: { hasLog: true, hasBarInDocs: true, permissionsFrom: 'endpoint', lifetimeMs: 60_000 },
    place: { height: '12rem' },
  },
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** Tokens of one minute, and permissions from an endpoint of their own. Change the backend's mood and see what comes of it. */
export const LiveLog: Story = {
  name: 'Live log',
  play: async ({ canvas, userEvent }) => {
    await findDashboard(canvas);
    const log = within(canvas.getByRole('list', { name: 'Requests' }));
    await expect(log.getByText('POST /upsolve/tenant/register (initial, attempt 1)')).toBeVisible();
    await expect(log.getByText('GET /upsolve/permissions/tenant-settings/ (initial)')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Refresh' }));
    await waitFor(() => expect(log.getByText('POST /upsolve/tenant/refresh-token (manual, attempt 1)')).toBeVisible());
  },
};
