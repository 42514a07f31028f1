import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { DEFAULT_LABELS, getErrorText } from '../../src/react/guard/labels';
import { findDashboard, readFigure } from '../bench/canvas';
import { expireWith, passWith } from '../bench/moments';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';

/** Every slot of the guard filled with something of the app's own. The code of each is in the panel. */
const meta = {
  title: 'Customise/Slots',
  component: Guard,
  parameters: { place: { height: '26rem' } },
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** Before the first token: the shape of what is to come, ready to copy. */
export const LoadingFallback: Story = {
  name: 'loadingFallback: a skeleton',
  args: { loadingFallback: 'skeleton' },
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => {
    const text = await canvas.findByText('Loading dashboard…');
    // A reader hears it; an eye sees the shape.
    await expect(text.closest('[role=status]')).not.toBeNull();
    await expect(text.getBoundingClientRect().width).toBeLessThanOrEqual(1);
    await expect(document.querySelector('.upsolve-tenant__spinner')).toBeNull();
  },
};

/** While an expired token is being replaced. */
export const ExpiredFallback: Story = {
  name: 'expiredFallback',
  args: { expiredFallback: 'text' },
  parameters: {
    bench: {
      holdsStill: true,
      afterReady: expireWith('hung'),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('One moment, sales are on their way.')).toBeInTheDocument();
    await expect(canvas.queryByText(DEFAULT_LABELS.expired)).toBeNull();
  },
};

/** While nothing is asked: what is here, and how to come to it. */
export const IdleFallback: Story = {
  name: 'idleFallback',
  args: { idleFallback: 'sign-in place' },
  parameters: { bench: { isSignedOut: true } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Sign in to see your sales')).toBeVisible();
  },
};

/** Where the dashboard can't be: told what happened, when it is tried again, and how to try at once. */
export const ErrorFallback: Story = {
  name: 'errorFallback',
  args: { errorFallback: 'own' },
  parameters: { bench: { mood: 'server' } },
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Sales are out of reach (server)');
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Backend' }), 'forbidden');
    await userEvent.click(canvas.getByRole('button', { name: 'Fetch the sales again' }));
    await waitFor(() => expect(canvas.getByRole('alert')).toHaveTextContent('Sales are out of reach (forbidden)'));
  },
};

/** The app's own way to sign in, in the default error of a session that has ended. */
export const SignIn: Story = {
  name: 'signIn',
  args: { signIn: 'link' },
  parameters: { bench: { mood: 'unauthenticated' } },
  play: async ({ canvas }) => {
    const title = getErrorText(DEFAULT_LABELS.errorTitles, 'unauthenticated');
    await expect(await canvas.findByRole('alert')).toHaveTextContent(title);
    await expect(canvas.getByRole('link', { name: 'Sign in' })).toBeVisible();
  },
};

/** Above a good dashboard whose refresh fails: it lies over the figures, so it brings a ground of its own. */
export const NoticeSlot: Story = {
  name: 'notice',
  args: { notice: 'own' },
  parameters: { bench: { afterReady: passWith('server', 56) } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Figures may be old (server)')).toBeVisible();
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** `null` is a choice: no notice at all. */
export const WithoutNotice: Story = {
  name: 'notice: null',
  args: { notice: 'none' },
  parameters: { bench: { afterReady: passWith('server', 56) } },
  play: async ({ canvas }) => {
    await waitFor(() => expect(readFigure(canvas, 'Error')).toBe('server'));
    await expect(canvas.queryByText(DEFAULT_LABELS.notice)).toBeNull();
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** A class and a style of the app's own, on the guard's one element. */
export const ClassName: Story = {
  name: 'className and style',
  args: { className: 'sales', style: 'outline' },
  argTypes: { className: { control: 'text' } },
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => {
    const guard = canvas.getByRole('region', { name: 'Sales' }).parentElement!;
    await expect(guard).toHaveClass('upsolve-tenant', 'sales');
    await expect(guard).toHaveStyle({ outlineStyle: 'dashed' });
  },
};
