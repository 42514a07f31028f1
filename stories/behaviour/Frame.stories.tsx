import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';
import { DEFAULT_LABELS, getErrorText } from '../../src/react/guard/labels';
import type { Canvas } from '../bench/canvas';
import { SHARE_HOST } from '../bench/shareHost';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';
import { FRAME_ARG_TYPES } from '../controls/guardArgTypes';
import { FilteredApplication } from '../examples/FilteredApplication';

interface FramedArgs extends GuardArgs {
  baseUrl?: URL;
  theme?: 'default' | 'light' | 'dark' | 'system';
  dashboardId?: string;
  agentId?: string;
  settleMs?: number;
}

/** Without the private package: Upsolve's public share pages. Here they are small pages of this Storybook's own. */
const meta = {
  title: 'Behaviour/Frame',
  component: Guard,
  args: { baseUrl: SHARE_HOST, theme: 'default', settleMs: 2_000 },
  argTypes: FRAME_ARG_TYPES,
  parameters: { bench: { isFramed: true }, place: { height: '20rem' } },
} satisfies Meta<FramedArgs>;

export default meta;
type Story = StoryObj<FramedArgs>;

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
  args: { agentId: 'analyst' },
  play: async ({ canvas, userEvent }) => {
    const page = await findPage(canvas);
    await userEvent.click(page.getByRole('button', { name: 'How was the year?' }));
    await expect(page.getByText('Better than the last.')).toBeVisible();
  },
};

/** An application, whose filters the app holds. Both sides may set them. */
export const Application: Story = {
  name: 'Application with filters',
  parameters: { example: 'FilteredApplication', controls: { disable: true } },
  render: () => <FilteredApplication baseUrl={SHARE_HOST} />,
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
    await expect(await canvas.findByRole('alert')).toHaveTextContent(
      getErrorText(DEFAULT_LABELS.errorTitles, 'invalid_options'),
    );
    await expect(canvas.queryByRole('button', { name: DEFAULT_LABELS.retry })).toBeNull();
  },
};
