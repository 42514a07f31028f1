import type { Meta, StoryObj } from '@storybook/react-vite';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { expect } from 'storybook/test';
import { expectError, expectWaiting, findDashboard } from './bench/canvas';
import type { Bench } from './bench/createBench';
import { DARK_THEME, LIGHT_THEME } from './bench/themes';

/** The custom properties at work. `style` stands here for a rule of your own stylesheet. */
const meta = {
  title: 'Theming',
  component: SecureUpsolveDashboard,
  args: { title: 'Sales' },
  parameters: { place: { height: '20rem' } },
} satisfies Meta<typeof SecureUpsolveDashboard>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A light theme of one's own: an error. */
export const LightError: Story = {
  name: 'Own light theme, error',
  args: { style: LIGHT_THEME },
  parameters: { bench: { mood: 'unauthenticated' } },
  play: async ({ canvas }) => expectError(canvas, 'Sign in again to see the dashboard.'),
};

/** A light theme of one's own: loading. */
export const LightLoading: Story = {
  name: 'Own light theme, loading',
  args: { style: LIGHT_THEME },
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => expectWaiting(canvas, 'Loading dashboard…'),
};

/** A dark theme of one's own: an error. */
export const DarkError: Story = {
  name: 'Own dark theme, error',
  args: { style: DARK_THEME },
  parameters: { bench: { mood: 'unauthenticated' } },
  play: async ({ canvas }) => expectError(canvas, 'Sign in again to see the dashboard.'),
};

/** A dark theme of one's own: the quiet notice. */
export const DarkNotice: Story = {
  name: 'Own dark theme, notice',
  args: { style: DARK_THEME },
  parameters: {
    bench: {
      afterReady: (bench: Bench) => {
        bench.setMood('server');
        bench.backend.clock.advance(56 * 60_000);
      },
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/^Connection lost/)).toBeVisible();
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};
