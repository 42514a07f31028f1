import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { findDashboard } from '../bench/canvas';
import { SHARE_HOST } from '../bench/shareHost';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';
import { FramedBesideNative as FramedBesideNativeExample } from '../examples/FramedBesideNative';
import { OrdersByFunction } from '../examples/OrdersByFunction';
import { ThreeTiles } from '../examples/ThreeTiles';

/** Whose dashboard a guard shows: the provider's, its own, or what a function returns; one on a page, or several. */
const meta = {
  title: 'Behaviour/Dashboards',
  component: Guard,
  parameters: { place: { height: 'auto' } },
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** The provider's `dashboard`: the private package's component, here its stand-in. */
export const Native: Story = {
  play: async ({ canvas }) => {
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** A component whose props have other names, by a function. */
export const RenderFunction: Story = {
  name: 'By a function',
  parameters: { example: 'OrdersByFunction', controls: { disable: true } },
  render: () => <OrdersByFunction />,
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Orders overview' })).toBeVisible();
  },
};

/** Several guards below one provider share its one request, and wait together. */
export const SeveralGuards: Story = {
  name: 'Several on a page',
  parameters: { example: 'ThreeTiles', controls: { disable: true } },
  render: () => <ThreeTiles />,
  play: async ({ canvas }) => {
    for (const name of ['Sales', 'Support', 'Stock']) {
      await expect(canvas.getByRole('region', { name })).toBeVisible();
    }
    await waitFor(() => expect(canvas.getAllByText(/^Figures of/)).toHaveLength(3));
  },
};

/** Framed, in the same page as a native one. */
export const FramedBesideNative: Story = {
  name: 'Framed beside native',
  parameters: { example: 'FramedBesideNative', controls: { disable: true } },
  render: () => <FramedBesideNativeExample baseUrl={SHARE_HOST} />,
  play: async ({ canvas }) => {
    // It lies under the loading state until its page is there.
    await waitFor(() => expect(canvas.getByTitle('Framed')).toBeVisible());
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};
