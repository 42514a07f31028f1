import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { expect, waitFor, within } from 'storybook/test';
import type { Canvas } from './bench/canvas';
import { SHARE_HOST } from './bench/shareHost';

/** Without the private package: Upsolve's public share pages. Here they are small pages of this Storybook's own. */
const meta = {
  title: 'Framed',
  component: SecureUpsolveDashboard,
  args: { title: 'Sales', baseUrl: SHARE_HOST },
  parameters: { bench: { isFramed: true }, place: { height: '20rem' } },
} satisfies Meta<typeof SecureUpsolveDashboard>;

export default meta;
type Story = StoryObj<typeof meta>;

/** What is inside of the one frame, once it has drawn. */
async function findPage(canvas: Canvas): Promise<ReturnType<typeof within>> {
  const frame: HTMLIFrameElement = await canvas.findByTitle('Sales');
  return await waitFor(() => {
    const page = within(frame.contentDocument!.body);
    page.getByRole('heading');
    return page;
  });
}

/** A dashboard in a frame. */
export const Dashboard: Story = {
  args: { dashboardId: 'sales' },
  play: async ({ canvas }) => {
    const page = await findPage(canvas);
    await expect(page.getByRole('heading')).toHaveTextContent('dashboard “sales” of Acme');
  },
};

/** A chat. Its handover is `before-expiry` by default: a reload would end the conversation. */
export const Chat: Story = {
  args: { dashboardId: undefined, agentId: 'analyst' },
  play: async ({ canvas, userEvent }) => {
    const page = await findPage(canvas);
    await userEvent.click(page.getByRole('button', { name: 'How was the year?' }));
    await expect(page.getByText('Better than the last.')).toBeVisible();
  },
};

/** An application, whose filters the app holds. Both sides may set them. */
export const Application: Story = {
  name: 'Application with filters',
  render: ({ title }) => <FilteredApplication title={title ?? 'Sales'} />,
  play: async ({ canvas, userEvent }) => {
    const page = await findPage(canvas);
    const region = page.getByRole('combobox', { name: 'Region' });
    await waitFor(() => expect(page.getByText('Showing: North')).toBeInTheDocument());
    await userEvent.selectOptions(region, 'South');
    await waitFor(() => expect(canvas.getByLabelText('Filters')).toHaveTextContent('?f_region=South'));
    await userEvent.click(canvas.getByRole('button', { name: 'Only the north' }));
    await waitFor(() => expect(page.getByText('Showing: North')).toBeInTheDocument());
  },
};

/** Which dashboard it is was left out: the error says so to users, and in development the console to whoever wrote it. */
export const WithoutId: Story = {
  name: 'Without an id',
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('This dashboard isn’t set up yet');
    await expect(canvas.queryByRole('button', { name: 'Try again' })).toBeNull();
  },
};

function FilteredApplication({ title }: { title: string }) {
  const [search, setSearch] = useState('?f_region=North');
  return (
    <div style={{ display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', gap: '0.5rem', height: '100%' }}>
      <div style={{ display: 'flex', gap: '1rem', alignItems: 'baseline', minHeight: '2rem' }}>
        <button type="button" onClick={() => setSearch('?f_region=North')}>
          Only the north
        </button>
        <output aria-label="Filters">{search}</output>
      </div>
      <SecureUpsolveDashboard
        title={title}
        applicationId="planner"
        baseUrl={SHARE_HOST}
        search={search}
        onSearchChange={setSearch}
      />
    </div>
  );
}
