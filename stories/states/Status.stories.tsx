import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { DEFAULT_LABELS, getErrorText } from '../../src/react/guard/labels';
import { expectError, expectWaiting, findDashboard, readFigure } from '../bench/canvas';
import { expireWith, passWith } from '../bench/moments';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';

/** The guard's five states and what lies between them, by a real provider over a backend in the page. */
const meta = {
  title: 'States/Status',
  component: Guard,
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** The first token is on its way. */
export const Loading: Story = {
  name: 'Loading, first',
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => {
    await expectWaiting(canvas, DEFAULT_LABELS.loading);
    await expect(canvas.getByRole('region', { name: 'Sales' })).toHaveAttribute('aria-busy', 'true');
  },
};

/** A backend that takes long: here, until it is set to answer well. */
export const LoadingSlowly: Story = {
  name: 'Loading, slow',
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas, userEvent }) => {
    await expectWaiting(canvas, DEFAULT_LABELS.loading);
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Backend' }), 'ok');
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** A usable token: the dashboard. */
export const Ready: Story = {
  play: async ({ canvas }) => {
    await expect(await findDashboard(canvas)).toBeVisible();
    await expect(canvas.getByRole('region', { name: 'Sales' })).toHaveAttribute('aria-busy', 'false');
  },
};

/** The next token is on its way, and nobody needs to know. */
export const RefreshingWhileReady: Story = {
  name: 'Ready, refreshing',
  parameters: { bench: { holdsStill: true, afterReady: passWith('hung', 56) } },
  play: async ({ canvas }) => {
    await waitFor(() => expect(readFigure(canvas, 'Next request in')).toBe('now'));
    await expect(readFigure(canvas, 'Status')).toBe('ready');
    await expect(await findDashboard(canvas)).toBeVisible();
    await expect(canvas.queryByText(DEFAULT_LABELS.expired)).toBeNull();
  },
};

/** The refresh fails; the token is still good for minutes, and so is the dashboard. */
export const RefreshFailingWhileReady: Story = {
  name: 'Ready, refresh failing',
  parameters: { bench: { afterReady: passWith('server', 56) } },
  play: async ({ canvas }) => {
    const notice = await canvas.findByText(DEFAULT_LABELS.notice);
    await expect(notice.closest('[role=status]')).not.toBeNull();
    await expect(canvas.queryByRole('alert')).toBeNull();
    await expect(await findDashboard(canvas)).toBeVisible();
    // The dashboard is higher than its place, and the notice is in view all the same.
    const place = notice.closest('.place')!.getBoundingClientRect();
    await expect(notice.getBoundingClientRect().bottom).toBeLessThanOrEqual(place.bottom);
  },
};

/** Offline with a good token: the same quiet notice. */
export const OfflineWhileReady: Story = {
  name: 'Ready, offline',
  parameters: { bench: { afterReady: passWith('network', 56) } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(DEFAULT_LABELS.notice)).toBeVisible();
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** The last minute of a token that can't be renewed yet. */
export const ExpiringSoon: Story = {
  name: 'Ready, expiring soon',
  parameters: { bench: { holdsStill: true, afterReady: passWith('hung', 59) } },
  play: async ({ canvas }) => {
    await waitFor(() => expect(readFigure(canvas, 'Token ends in')).toMatch(/^([1-5]?\d s|1 min 0 s)$/));
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** The token has ended, and the next one is on its way: no dashboard without a token. */
export const Expired: Story = {
  name: 'Expired, refreshing',
  parameters: { bench: { holdsStill: true, afterReady: expireWith('hung') } },
  play: async ({ canvas }) => {
    await expectWaiting(canvas, DEFAULT_LABELS.expired);
    await waitFor(() => expect(readFigure(canvas, 'Status')).toBe('expired'));
  },
};

/** Asking has failed. Every error has a story of its own below “Errors”. */
export const Failed: Story = {
  name: 'Error',
  parameters: { bench: { mood: 'forbidden' } },
  play: async ({ canvas }) => {
    await expectError(canvas, getErrorText(DEFAULT_LABELS.errors, 'forbidden'));
  },
};

/** The first request fails for want of a network; it goes on trying. */
export const Offline: Story = {
  parameters: { bench: { mood: 'network' } },
  play: async ({ canvas }) => {
    await expectError(canvas, getErrorText(DEFAULT_LABELS.errors, 'network'));
  },
};

/** Nobody is signed in, so nothing is asked. `idleFallback` is the app's place to say so; without one nothing is shown. */
export const Idle: Story = {
  name: 'Signed out',
  args: { idleFallback: 'sign-in place' },
  parameters: { bench: { isSignedOut: true }, place: { height: '20rem' } },
  play: async ({ canvas, userEvent }) => {
    await waitFor(() => expect(readFigure(canvas, 'Status')).toBe('idle'));
    await expect(canvas.getByRole('link', { name: 'Sign in' })).toBeVisible();
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Tenant' }), 'acme');
    await findDashboard(canvas);
    await expect(canvas.queryByRole('link', { name: 'Sign in' })).toBeNull();
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Tenant' }), 'signed-out');
    await expect(await canvas.findByRole('link', { name: 'Sign in' })).toBeVisible();
  },
};

/** Another tenant: what belonged to the former is gone in the same moment. */
export const TenantSwitch: Story = {
  name: 'Tenant switch',
  play: async ({ canvas, userEvent }) => {
    await findDashboard(canvas, 'Acme');
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Tenant' }), 'globex');
    await expect(canvas.queryByRole('region', { name: 'Dashboard of Acme' })).toBeNull();
    await expect(await findDashboard(canvas, 'Globex')).toBeVisible();
  },
};
