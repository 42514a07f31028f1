import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { expireWith, passWith } from '../bench/moments';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';
import { FRENCH } from '../controls/texts';

/** Every text of the guard in another language, by `labels`. What is left out keeps its default. */
const meta = {
  title: 'Customise/Texts',
  component: Guard,
  // The region is named by the texts, not by a title of the guard's own.
  args: { title: '', labels: 'French' },
  parameters: { place: { height: '20rem' } },
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** While the first token is on its way. */
export const LabelsLoading: Story = {
  name: 'Loading',
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(FRENCH.loading)).toBeVisible();
    await expect(canvas.getByRole('group', { name: FRENCH.title })).toBeInTheDocument();
  },
};

/** An error, and its button. */
export const LabelsError: Story = {
  name: 'Error',
  parameters: { bench: { mood: 'server' } },
  play: async ({ canvas }) => {
    const alert = await canvas.findByRole('alert');
    await expect(alert).toHaveTextContent(FRENCH.errorTitles.busy);
    await expect(alert).toHaveTextContent(FRENCH.errors.busy);
    await expect(await canvas.findByRole('button', { name: FRENCH.retry })).toBeVisible();
  },
};

/** An error that is tried again. */
export const LabelsRetrying: Story = {
  name: 'Trying again',
  parameters: { bench: { mood: 'forbidden', holdsStill: true } },
  play: async ({ canvas, userEvent }) => {
    const retry = await canvas.findByRole('button', { name: FRENCH.retry });
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Backend' }), 'hung');
    await userEvent.click(retry);
    await expect(await canvas.findByRole('button', { name: FRENCH.retrying })).toHaveFocus();
  },
};

/** While an expired token is being replaced. */
export const LabelsExpired: Story = {
  name: 'Reconnecting',
  parameters: {
    bench: {
      holdsStill: true,
      afterReady: expireWith('hung'),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(FRENCH.expired)).toBeVisible();
  },
};

/** The notice over a good dashboard whose refresh fails. */
export const LabelsNotice: Story = {
  name: 'Notice',
  parameters: {
    bench: {
      afterReady: passWith('server', 56),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(FRENCH.notice)).toBeVisible();
  },
};
