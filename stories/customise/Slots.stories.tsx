import type { Meta, StoryObj } from '@storybook/react-vite';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { expect, waitFor } from 'storybook/test';
import { findDashboard } from './bench/canvas';
import type { Bench } from './bench/createBench';

/** Every slot of the guard filled with something of the app's own, and every text replaced. */
const meta = {
  title: 'Slots',
  component: SecureUpsolveDashboard,
  args: { title: 'Sales' },
  parameters: { place: { height: '20rem' } },
} satisfies Meta<typeof SecureUpsolveDashboard>;

export default meta;
type Story = StoryObj<typeof meta>;

const BAR = { height: '2.5rem', borderRadius: 8, background: 'color-mix(in srgb, CanvasText 12%, transparent)' };

const RIBBON = { margin: '0.5rem', padding: '0.25rem 0.75rem', borderRadius: 8, background: 'Canvas' };

/** Before the first token: here, the shape of what is to come. */
export const LoadingFallback: Story = {
  name: 'loadingFallback',
  args: { loadingFallback: <Skeleton text="Sales are being fetched" /> },
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Sales are being fetched')).toBeInTheDocument();
    await expect(canvas.queryByText('Loading dashboard…')).toBeNull();
  },
};

/** While an expired token is being replaced. */
export const ExpiredFallback: Story = {
  name: 'expiredFallback',
  args: { expiredFallback: <Skeleton text="One moment, sales will be back" /> },
  parameters: {
    bench: {
      holdsStill: true,
      afterReady: (bench: Bench) => {
        bench.setMood('hung');
        bench.moveClock('expire');
      },
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('One moment, sales will be back')).toBeInTheDocument();
    await expect(canvas.queryByText('Reconnecting…')).toBeNull();
  },
};

/** While nothing is asked: here, an invitation to sign in. */
export const IdleFallback: Story = {
  name: 'idleFallback',
  args: { idleFallback: <p>Sign in to see your sales.</p> },
  parameters: { bench: { isSignedOut: true } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Sign in to see your sales.')).toBeVisible();
  },
};

/** Where the dashboard can't be: told what happened, when it is tried again, and how to try at once. */
export const ErrorFallback: Story = {
  name: 'errorFallback',
  args: {
    errorFallback: ({ error, retry, isRefreshing, nextAttemptAt }) => (
      <div role="alert">
        <p>
          Sales are out of reach ({error.code}).{nextAttemptAt ? ' We keep trying.' : ''}
        </p>
        <button type="button" onClick={retry} aria-disabled={isRefreshing}>
          Fetch the sales again
        </button>
      </div>
    ),
  },
  parameters: { bench: { mood: 'server' } },
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Sales are out of reach (server).');
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Backend' }), 'forbidden');
    await userEvent.click(canvas.getByRole('button', { name: 'Fetch the sales again' }));
    await waitFor(() => expect(canvas.getByRole('alert')).toHaveTextContent('Sales are out of reach (forbidden).'));
  },
};

/** The app's own way to sign in, in the default error of a session that has ended. */
export const SignIn: Story = {
  name: 'signIn',
  args: { signIn: <a href="#sign-in">Sign in</a> },
  parameters: { bench: { mood: 'unauthenticated' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Your session has ended');
    await expect(canvas.getByRole('link', { name: 'Sign in' })).toBeVisible();
  },
};

/** Above a good dashboard whose refresh fails: it lies over the figures, so it brings a ground of its own. */
export const NoticeSlot: Story = {
  name: 'notice',
  args: { notice: ({ error }) => <p style={RIBBON}>Figures may be old ({error.code})</p> },
  parameters: { bench: { afterReady: failRefresh } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Figures may be old (server)')).toBeVisible();
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** `null` is a choice: no notice at all. */
export const WithoutNotice: Story = {
  name: 'notice: null',
  args: { notice: null },
  parameters: { bench: { afterReady: failRefresh } },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByText('Error').nextElementSibling).toHaveTextContent('server'));
    await expect(canvas.queryByText(/Connection lost/)).toBeNull();
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

const TEXTS = {
  title: 'Ventes',
  loading: 'Chargement du tableau de bord…',
  expired: 'Reconnexion…',
  errorTitles: { busy: 'Le tableau de bord n’est pas disponible', access: 'Accès refusé' },
  errors: {
    busy: 'Impossible de charger le tableau de bord. Cette page réessaie.',
    access: 'Vous n’avez pas accès à ce tableau de bord.',
  },
  retry: 'Réessayer',
  retrying: 'Nouvel essai…',
  notice: 'La connexion est instable.',
} as const;

/** Every text in another language: while loading. */
export const LabelsLoading: Story = {
  name: 'labels, loading',
  args: { title: undefined, labels: TEXTS },
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(TEXTS.loading)).toBeVisible();
    await expect(canvas.getByRole('group', { name: TEXTS.title })).toBeInTheDocument();
  },
};

/** Every text in another language: an error, and its button. */
export const LabelsError: Story = {
  name: 'labels, error',
  args: { title: undefined, labels: TEXTS },
  parameters: { bench: { mood: 'server' } },
  play: async ({ canvas }) => {
    const alert = await canvas.findByRole('alert');
    await expect(alert).toHaveTextContent(TEXTS.errorTitles.busy);
    await expect(alert).toHaveTextContent(TEXTS.errors.busy);
    await expect(await canvas.findByRole('button', { name: TEXTS.retry })).toBeVisible();
  },
};

/** Every text in another language: trying again. */
export const LabelsRetrying: Story = {
  name: 'labels, retrying',
  args: { title: undefined, labels: TEXTS },
  parameters: { bench: { mood: 'forbidden', holdsStill: true } },
  play: async ({ canvas, userEvent }) => {
    const retry = await canvas.findByRole('button', { name: TEXTS.retry });
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Backend' }), 'hung');
    await userEvent.click(retry);
    await expect(await canvas.findByRole('button', { name: TEXTS.retrying })).toHaveFocus();
  },
};

/** Every text in another language: reconnecting. */
export const LabelsExpired: Story = {
  name: 'labels, expired',
  args: { title: undefined, labels: TEXTS },
  parameters: ExpiredFallback.parameters ?? {},
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(TEXTS.expired)).toBeVisible();
  },
};

/** Every text in another language: the notice. */
export const LabelsNotice: Story = {
  name: 'labels, notice',
  args: { title: undefined, labels: TEXTS },
  parameters: { bench: { afterReady: failRefresh } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(TEXTS.notice)).toBeVisible();
  },
};

/** A class and a style of the app's own, on the guard's one element. */
export const ClassName: Story = {
  name: 'className and style',
  args: { className: 'sales', style: { outline: '2px dashed', outlineOffset: -2 } },
  parameters: { bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => {
    const guard = canvas.getByRole('region', { name: 'Sales' }).parentElement!;
    await expect(guard).toHaveClass('upsolve-tenant', 'sales');
    await expect(guard).toHaveStyle({ outlineStyle: 'dashed' });
  },
};

function Skeleton({ text }: { text: string }) {
  return (
    <div style={{ display: 'grid', gap: '0.75rem', alignContent: 'start' }}>
      <p style={{ margin: 0 }}>{text}</p>
      <div style={BAR} />
      <div style={{ ...BAR, height: '9rem' }} />
    </div>
  );
}

function failRefresh(bench: Bench): void {
  bench.setMood('server');
  bench.backend.clock.advance(56 * 60_000);
}
