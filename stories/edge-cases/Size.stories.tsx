import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { DEFAULT_LABELS, getErrorText } from '../../src/react/guard/labels';
import { type Canvas, expectError, expectWaiting, findDashboard, findHeldDashboards } from '../bench/canvas';
import { HELD_STATES, HeldStates } from '../bench/HeldStates';
import { Guard } from '../controls/Guard';
import { type GuardArgs, readGuardProps } from '../controls/guardArgs';

/** The places that an app gives to a guard, from a tile to a page. */
const meta = {
  title: 'Edge cases/Size',
  component: Guard,
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** A tile of 16 by 10 rem, in which an error must still be readable and its button reachable. */
export const SmallTile: Story = {
  name: 'Tile',
  args: { style: 'low' },
  parameters: { bench: { mood: 'unauthenticated' }, place: { width: '16rem', height: '10rem' } },
  play: async ({ canvas }) => {
    await expectError(canvas, getErrorText(DEFAULT_LABELS.errors, 'unauthenticated'));
  },
};

/** Every state in a tile of 16 by 10 rem. */
export const TileStates: Story = {
  name: 'Tile, every state',
  args: { style: 'low' },
  parameters: { bench: { isOff: true }, place: { height: 'auto' } },
  render: (args) => <HeldStates width="16rem" height="10rem" guard={readGuardProps(args)} />,
  play: async ({ canvas }) => expectEveryState(canvas),
};

/** A column as narrow as a phone. */
export const Narrow: Story = {
  name: 'Phone',
  parameters: { place: { width: '320px', height: '24rem' } },
  play: async ({ canvas }) => {
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** Every state in a column as narrow as a phone. */
export const PhoneStates: Story = {
  name: 'Phone, every state',
  parameters: { bench: { isOff: true }, place: { width: '320px', height: 'auto' } },
  render: (args) => <HeldStates width="100%" height="20rem" guard={readGuardProps(args)} />,
  play: async ({ canvas }) => expectEveryState(canvas),
};

/** A whole page's width. */
export const Wide: Story = {
  parameters: { place: { width: '100%', height: '24rem' }, bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => expectWaiting(canvas, DEFAULT_LABELS.loading),
};

/** At 200 %, nothing is cut off. */
export const Zoomed: Story = {
  name: 'Zoomed to 200 %',
  parameters: { zoom: '2', bench: { mood: 'forbidden' }, place: { height: 'auto' } },
  play: async ({ canvas, canvasElement }) => {
    await expectError(canvas, getErrorText(DEFAULT_LABELS.errors, 'forbidden'));
    const place = canvasElement.querySelector('.place')!;
    await expect(place.scrollWidth).toBeLessThanOrEqual(place.clientWidth);
  },
};

async function expectEveryState(canvas: Canvas): Promise<void> {
  await findHeldDashboards(canvas);
  for (const { name, state } of HELD_STATES.filter((held) => held.state.status !== 'idle')) {
    const guard = canvas.getByRole('region', { name }).parentElement!;
    await expect(guard).toHaveAttribute('data-status', state.status);
    // Nothing is wider than its place.
    await expect(guard.scrollWidth).toBeLessThanOrEqual(guard.clientWidth);
  }
}
