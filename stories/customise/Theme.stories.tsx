import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { DEFAULT_LABELS, getErrorText } from '../../src/react/guard/labels';
import { expectError, expectWaiting, findDashboard } from '../bench/canvas';
import { passWith } from '../bench/moments';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';

/** The custom properties at work. `style` stands here for a rule of your own stylesheet. */
const meta = {
  title: 'Customise/Theme',
  component: Guard,
  parameters: { place: { height: '20rem' } },
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** A light theme of one's own: an error. */
export const LightError: Story = {
  name: 'Own light theme, error',
  args: { style: 'light theme' },
  parameters: { bench: { mood: 'unauthenticated' } },
  play: async ({ canvas }) => expectError(canvas, getErrorText(DEFAULT_LABELS.errors, 'unauthenticated')),
};

/** A light theme of one's own: loading. */
export const LightLoading: Story = {
  name: 'Own light theme, loading',
  args: { style: 'light theme' },
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => expectWaiting(canvas, DEFAULT_LABELS.loading),
};

/** A dark theme of one's own: an error. */
export const DarkError: Story = {
  name: 'Own dark theme, error',
  args: { style: 'dark theme' },
  parameters: { bench: { mood: 'unauthenticated' } },
  play: async ({ canvas }) => expectError(canvas, getErrorText(DEFAULT_LABELS.errors, 'unauthenticated')),
};

/** A dark theme of one's own: the quiet notice. */
export const DarkNotice: Story = {
  name: 'Own dark theme, notice',
  args: { style: 'dark theme' },
  parameters: {
    bench: {
      afterReady: passWith('server', 56),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(DEFAULT_LABELS.notice)).toBeVisible();
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};
