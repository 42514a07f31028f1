import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { type Canvas, findDashboard, readFigure } from '../bench/canvas';
import { SHARE_HOST } from '../bench/shareHost';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';
import { FRAME_ARG_TYPES } from '../controls/guardArgTypes';

/** A newer token makes a dashboard reload, so it waits for a good moment. Press “Refresh”, then watch when it goes over. */
const meta = {
  title: 'Behaviour/Handover',
  component: Guard,
  parameters: { bench: { hasBarInDocs: true } },
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;
type FramedArgs = GuardArgs & { dashboardId: string; baseUrl: URL; settleMs: number; theme: string };

interface Hand {
  click: (element: Element) => Promise<void>;
}

/** The token that the dashboard was drawn with, before and after a newer one came. */
async function refresh(canvas: Canvas, userEvent: Hand): Promise<string | undefined> {
  const { token } = (await findDashboard(canvas)).dataset;
  await userEvent.click(canvas.getByRole('button', { name: 'Refresh' }));
  return token;
}

/** At once: the dashboard reloads whatever its user does. */
export const Immediate: Story = {
  args: { handover: 'immediate' },
  play: async ({ canvas, userEvent }) => {
    const before = await refresh(canvas, userEvent);
    await waitFor(async () => expect((await findDashboard(canvas)).dataset['token']).not.toBe(before));
    await expect(readFigure(canvas, 'Newer token waits')).toBe('no');
  },
};

/** The default: after 30 s without pointer, key, wheel or touch, when the page is hidden, or when you say so. */
export const NaturalBreak: Story = {
  name: 'Natural break',
  args: { handover: 'natural-break' },
  play: async ({ canvas, userEvent }) => {
    const before = await refresh(canvas, userEvent);
    await waitFor(() => expect(readFigure(canvas, 'Newer token waits')).toBe('yes'));
    await expect((await findDashboard(canvas)).dataset['token']).toBe(before);
  },
};

/** Only shortly before the old token ends: for what a reload would spoil, such as a conversation. */
export const BeforeExpiry: Story = {
  name: 'Before expiry',
  args: { handover: 'before-expiry' },
  play: async ({ canvas, userEvent }) => {
    const before = await refresh(canvas, userEvent);
    await waitFor(() => expect(readFigure(canvas, 'Newer token waits')).toBe('yes'));
    await expect((await findDashboard(canvas)).dataset['token']).toBe(before);
  },
};

/** By the app, at a moment of its own: `handoverNow()` of `useTokenRefresh()`. */
export const ByHand: Story = {
  name: 'By hand',
  args: { handover: 'before-expiry' },
  play: async ({ canvas, userEvent }) => {
    const before = await refresh(canvas, userEvent);
    await waitFor(() => expect(readFigure(canvas, 'Newer token waits')).toBe('yes'));
    await userEvent.click(canvas.getByRole('button', { name: 'Hand over' }));
    await waitFor(async () => expect((await findDashboard(canvas)).dataset['token']).not.toBe(before));
  },
};

/** A frame loads its successor behind itself and gives way once that has drawn: no blank is seen. */
export const FrameOverlap: StoryObj<FramedArgs> = {
  name: 'Of a frame',
  argTypes: FRAME_ARG_TYPES,
  args: { handover: 'immediate', dashboardId: 'sales', baseUrl: SHARE_HOST, settleMs: 400, theme: 'default' },
  parameters: { bench: { isFramed: true } },
  play: async ({ canvas, userEvent }) => {
    const running = await canvas.findByTitle('Sales');
    const listFrames = (): HTMLElement[] => canvas.getAllByTitle('Sales');
    const overlaps: boolean[] = [];
    const observer = new MutationObserver(() => {
      const [, next] = listFrames();
      if (next) overlaps.push(next.inert);
    });
    observer.observe(running.closest('.upsolve-tenant')!, { childList: true, subtree: true });
    await userEvent.click(canvas.getByRole('button', { name: 'Refresh' }));
    await waitFor(() => expect(running).not.toBeInTheDocument());
    observer.disconnect();
    // While both stood there, the one behind could not be reached.
    await expect(new Set(overlaps)).toEqual(new Set([true]));
    await expect(listFrames()).toHaveLength(1);
    await expect(listFrames()[0]).not.toHaveAttribute('inert');
  },
};
