import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { findHeldDashboards } from '../bench/canvas';
import { HeldStates } from '../bench/HeldStates';
import { Guard } from '../controls/Guard';
import { type GuardArgs, readGuardProps } from '../controls/guardArgs';
import { HEBREW, VERY_LONG } from '../controls/texts';

/** Texts that are long, and texts that are read from right to left. */
const meta = {
  title: 'Edge cases/Language',
  component: Guard,
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** Texts may be long, and may hold words that don't break. */
export const LongTexts: Story = {
  name: 'Very long texts',
  args: { labels: 'very long' },
  parameters: { bench: { mood: 'server' }, place: { width: '320px', height: 'auto' } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent(VERY_LONG.errors.busy);
    const place = canvasElement.querySelector('.place')!;
    await expect(place.scrollWidth).toBeLessThanOrEqual(place.clientWidth);
  },
};

/** From right to left. */
export const RightToLeft: Story = {
  name: 'Right to left',
  args: { labels: 'Hebrew' },
  parameters: { direction: 'rtl', bench: { mood: 'unauthenticated' }, place: { height: '20rem' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent(HEBREW.errorTitles.session);
    await expect(canvas.getByRole('button', { name: HEBREW.retry })).toBeVisible();
  },
};

/** Every state from right to left: the notice lies in the other corner. */
export const RightToLeftStates: Story = {
  name: 'Right to left, every state',
  args: { labels: 'Hebrew' },
  parameters: { direction: 'rtl', bench: { isOff: true }, place: { height: 'auto' } },
  render: (args) => <HeldStates width="20rem" height="20rem" guard={readGuardProps(args)} />,
  play: async ({ canvas }) => {
    await findHeldDashboards(canvas);
    const notice = canvas.getByText(HEBREW.notice).getBoundingClientRect();
    const guard = canvas.getByText(HEBREW.notice).closest('.upsolve-tenant')!.getBoundingClientRect();
    await expect(notice.left - guard.left).toBeLessThan(guard.right - notice.right);
  },
};
