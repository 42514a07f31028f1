import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { DEFAULT_LABELS, getErrorText } from '../../src/react/guard/labels';
import { expectError, expectWaiting, findHeldDashboards } from '../bench/canvas';
import { HeldStates } from '../bench/HeldStates';
import { HighContrast as HighContrastGround, StillMotion } from '../bench/preferences';
import { Guard } from '../controls/Guard';
import { type GuardArgs, readGuardProps } from '../controls/guardArgs';

/** What a system says of its user: fewer colours, less motion. */
const meta = {
  title: 'Edge cases/Preferences',
  component: Guard,
  parameters: { place: { height: '20rem' } },
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/**
 * Where a user forces colours, each is the system's own and nothing is told by colour alone. No page can switch that on, so
 * a scheme of high contrast stands here for it. To see your system's: Windows, Settings, Accessibility, Contrast themes; or
 * in Chromium's developer tools, Rendering, “Emulate CSS media feature forced-colors”.
 */
export const HighContrast: Story = {
  name: 'High contrast',
  parameters: { bench: { mood: 'forbidden' } },
  decorators: [
    (StoryBelow) => (
      <HighContrastGround>
        <StoryBelow />
      </HighContrastGround>
    ),
  ],
  play: async ({ canvas }) => {
    await expectError(canvas, getErrorText(DEFAULT_LABELS.errors, 'forbidden'));
    const { borderTopStyle } = getComputedStyle(canvas.getByRole('button', { name: DEFAULT_LABELS.retry }));
    await expect(borderTopStyle).toBe('solid');
  },
};

/** Every state in that scheme; in forced colours where the system has them. */
export const HighContrastStates: Story = {
  name: 'High contrast, every state',
  parameters: { bench: { isOff: true }, place: { height: 'auto' } },
  render: (args) => (
    <HighContrastGround>
      <HeldStates width="20rem" height="20rem" guard={readGuardProps(args)} />
    </HighContrastGround>
  ),
  play: async ({ canvas }) => {
    await findHeldDashboards(canvas);
    await expect(canvas.getByText(DEFAULT_LABELS.notice)).toBeVisible();
  },
};

/** Where less motion is wanted, the spinner stands still. Here the page is told so, whatever your system says. */
export const ReducedMotion: Story = {
  name: 'Reduced motion',
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  decorators: [
    (StoryBelow) => (
      <StillMotion>
        <StoryBelow />
      </StillMotion>
    ),
  ],
  play: async ({ canvas, canvasElement }) => {
    await expectWaiting(canvas, DEFAULT_LABELS.loading);
    // It asks a moment after it is there, and would turn from then on.
    await waitFor(() => expect(canvasElement.querySelector('[data-motion-asked=true]')).not.toBeNull());
    await expect(canvasElement.querySelector('.upsolve-tenant__spinner')!.getAnimations()).toEqual([]);
  },
};
