import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { DEFAULT_LABELS, getErrorText } from '../../src/react/guard/labels';
import { type Canvas, expectError, expectWaiting, findDashboard, readFigure } from '../bench/canvas';
import type { Bench } from '../bench/createBench';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';
import { NothingMoves } from '../examples/NothingMoves';

/** Journeys through several states, as a user would meet them. Each can be walked by hand with the strip above it. */
const meta = {
  title: 'Behaviour/Time',
  component: Guard,
  parameters: { bench: { hasBarInDocs: true } },
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** Three times five minutes: a button works again and again, and the token's end comes nearer by as much. */
export const PassesInSteps: Story = {
  name: 'Passes in steps',
  play: async ({ canvas, userEvent }) => {
    await findDashboard(canvas);
    const before = readSecondsLeft(canvas);
    for (const moved of ['5 min', '10 min', '15 min']) {
      await userEvent.click(canvas.getByRole('button', { name: '5 min forward' }));
      await waitFor(() => expect(readFigure(canvas, 'Clock moved by')).toBe(moved));
    }
    await waitFor(() => expect(before - readSecondsLeft(canvas)).toBeGreaterThanOrEqual(15 * 60));
  },
};

/** A lid closed for two hours: no dashboard on a dead token, and a fresh one by itself. */
export const SleepsTwoHours: Story = {
  name: 'Sleeps two hours',
  parameters: { bench: { holdsStill: true, afterReady: (bench: Bench) => bench.setMood('hung') } },
  play: async ({ canvas, userEvent }) => {
    const dashboard = await findDashboard(canvas);
    await userEvent.click(canvas.getByRole('button', { name: 'Sleep 2 h' }));
    await expectWaiting(canvas, DEFAULT_LABELS.expired);
    await expect(dashboard).not.toBeInTheDocument();
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Backend' }), 'ok');
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** Somebody sets the clock back by an hour: the token's life is measured otherwise, and nothing happens. */
export const ClockSetBack: Story = {
  name: 'Clock set back',
  play: async ({ canvas, userEvent }) => {
    const dashboard = await findDashboard(canvas);
    await userEvent.click(canvas.getByRole('button', { name: 'Set back 1 h' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Refresh' }));
    await waitFor(() => expect(canvas.getByText('Newer token waits').nextElementSibling).toHaveTextContent('yes'));
    await expect(dashboard).toBeVisible();
  },
};

/** A lost session, then a good one again: the button brings the dashboard back, by keyboard as well. */
export const SignsInAgain: Story = {
  name: 'Signs in again',
  play: async ({ canvas, userEvent }) => {
    await findDashboard(canvas);
    const backend = canvas.getByRole('combobox', { name: 'Backend' });
    await userEvent.selectOptions(backend, 'unauthenticated');
    await userEvent.click(canvas.getByRole('button', { name: 'Refresh' }));
    await expectError(canvas, getErrorText(DEFAULT_LABELS.errors, 'unauthenticated'));

    await userEvent.selectOptions(backend, 'ok');
    canvas.getByRole('button', { name: DEFAULT_LABELS.retry }).focus();
    await userEvent.keyboard('{Enter}');
    await expect(await findDashboard(canvas)).toBeVisible();
    await expect(canvas.getByRole('region', { name: 'Sales' })).toHaveFocus();
  },
};

/** Loading, ready, expired, ready: what stands below the guard stays where it is, in every frame. */
export const StandsStill: Story = {
  name: 'Stands still',
  parameters: { bench: { mood: 'hung', holdsStill: true }, example: 'NothingMoves', controls: { disable: true } },
  render: () => <NothingMoves />,
  play: async ({ canvas, userEvent }) => {
    const below = canvas.getByText('Below the dashboard');
    const watch = watchTop(below);
    const backend = canvas.getByRole('combobox', { name: 'Backend' });
    await expectWaiting(canvas, DEFAULT_LABELS.loading);
    await userEvent.selectOptions(backend, 'ok');
    await findDashboard(canvas);
    await userEvent.selectOptions(backend, 'hung');
    await userEvent.click(canvas.getByRole('button', { name: 'Expire now' }));
    await expectWaiting(canvas, DEFAULT_LABELS.expired);
    await userEvent.selectOptions(backend, 'ok');
    await findDashboard(canvas);
    await expect(watch.stop()).toEqual([below.offsetTop]);
  },
};

function readSecondsLeft(canvas: Canvas): number {
  const [, minutes = '0', seconds = '0'] = /^(?:(\d+) min )?(\d+) s$/.exec(readFigure(canvas, 'Token ends in')) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

/** Every place at which an element stands in its page, however that is scrolled; looked at before each paint. */
function watchTop(element: HTMLElement): { stop: () => number[] } {
  const tops = new Set<number>();
  let frame = 0;
  const look = (): void => {
    tops.add(element.offsetTop);
    frame = requestAnimationFrame(look);
  };
  look();
  return {
    stop() {
      cancelAnimationFrame(frame);
      return [...tops];
    },
  };
}
