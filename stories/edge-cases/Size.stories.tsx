import type { Meta, StoryObj } from '@storybook/react-vite';
import { UpsolveDashboard } from '@upsolve/dashboard';
import { SecureUpsolveDashboard, UpsolveDashboardFrame, type UpsolvePermissions } from 'react-upsolve-tenant';
import { expect, waitFor } from 'storybook/test';
import { expectError, expectWaiting, findDashboard } from './bench/canvas';
import { SHARE_HOST } from './bench/shareHost';

/** The places that an app gives to a guard, and the ways in which it is read. */
const meta = {
  title: 'Places',
  component: SecureUpsolveDashboard,
  args: { title: 'Sales' },
} satisfies Meta<typeof SecureUpsolveDashboard>;

export default meta;
type Story = StoryObj<typeof meta>;

const LONG =
  'Die Verbindung zum Auswertungsdienst wurde unterbrochen und wird in Kürze wiederhergestellt; bitte haben Sie noch einen Augenblick Geduld. Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle.';

/** The provider's `dashboard`: the private package's component, here its stand-in. */
export const Native: Story = {
  parameters: { place: { height: 'auto' } },
  play: async ({ canvas }) => {
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** A component whose props have other names, by a function. */
export const RenderFunction: Story = {
  name: 'By a function',
  render: ({ title }) => (
    <SecureUpsolveDashboard title={title}>
      {({ token, permissions }) => <UpsolveDashboard token={token} permissions={permissions} dashboardId="orders" />}
    </SecureUpsolveDashboard>
  ),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Orders overview' })).toBeVisible();
  },
};

/** Several guards below one provider share its one request, and wait together. */
export const SeveralGuards: Story = {
  name: 'Several on a page',
  parameters: { place: { height: 'auto' } },
  render: () => (
    <div style={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'repeat(auto-fit, minmax(16rem, 1fr))' }}>
      {['Sales', 'Support', 'Stock'].map((title) => (
        <SecureUpsolveDashboard
          key={title}
          title={title}
          dashboard={SmallDashboard}
          style={{ '--upsolve-min-height': '9rem' } as React.CSSProperties}
        />
      ))}
    </div>
  ),
  play: async ({ canvas }) => {
    for (const name of ['Sales', 'Support', 'Stock']) {
      await expect(canvas.getByRole('region', { name })).toBeVisible();
    }
    await waitFor(() => expect(canvas.getAllByText(/^Figures of/)).toHaveLength(3));
  },
};

/** A tile of 240 by 160 pixels, in which an error must still be readable and its button reachable. */
export const SmallTile: Story = {
  name: 'Small tile',
  args: { style: { '--upsolve-min-height': '0px' } as React.CSSProperties },
  parameters: { bench: { mood: 'unauthenticated' }, place: { width: '240px', height: '160px' } },
  play: async ({ canvas }) => {
    await expectError(canvas, 'Sign in again to see the dashboard.');
  },
};

/** A column as narrow as a phone. */
export const Narrow: Story = {
  parameters: { place: { width: '320px', height: '24rem' } },
  play: async ({ canvas }) => {
    await expect(await findDashboard(canvas)).toBeVisible();
  },
};

/** A whole page's width. */
export const Wide: Story = {
  parameters: { place: { width: '100%', height: '24rem' }, bench: { mood: 'hung', holdsStill: true } },
  play: async ({ canvas }) => expectWaiting(canvas, 'Loading dashboard…'),
};

/** Texts may be long, and may hold words that don't break. */
export const LongTexts: Story = {
  name: 'Very long texts',
  args: { labels: { errorTitles: { busy: LONG }, errors: { busy: LONG }, retry: LONG, retrying: LONG } },
  parameters: { bench: { mood: 'server' }, place: { width: '320px', height: 'auto' } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent(LONG);
    const place = canvasElement.querySelector('.place')!;
    await expect(place.scrollWidth).toBeLessThanOrEqual(place.clientWidth);
  },
};

/** From right to left. */
export const RightToLeft: Story = {
  name: 'Right to left',
  args: {
    labels: {
      errorTitles: { session: 'לוח המחוונים אינו זמין' },
      errors: { session: 'פג תוקף החיבור שלך. יש להיכנס שוב.' },
      retry: 'לנסות שוב',
    },
  },
  parameters: { direction: 'rtl', bench: { mood: 'unauthenticated' }, place: { height: '20rem' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('לוח המחוונים אינו זמין');
    await expect(canvas.getByRole('button', { name: 'לנסות שוב' })).toBeVisible();
  },
};

/** At 200 %, nothing is cut off. */
export const Zoomed: Story = {
  name: 'Zoomed to 200 %',
  parameters: { zoom: '2', bench: { mood: 'forbidden' }, place: { height: 'auto' } },
  play: async ({ canvas, canvasElement }) => {
    await expectError(canvas, 'Ask an administrator for access to this dashboard.');
    const place = canvasElement.querySelector('.place')!;
    await expect(place.scrollWidth).toBeLessThanOrEqual(place.clientWidth);
  },
};

/** Colours are the system's own where a user forces them: nothing is told by colour alone. */
export const HighContrast: Story = {
  name: 'High contrast',
  parameters: { media: { forcedColors: 'active' }, bench: { mood: 'forbidden' }, place: { height: '20rem' } },
  play: async ({ canvas }) => {
    await expectError(canvas, 'Ask an administrator for access to this dashboard.');
  },
};

/** Where less motion is wanted, the spinner stands still. */
export const ReducedMotion: Story = {
  name: 'Reduced motion',
  parameters: {
    media: { reducedMotion: 'reduce' },
    bench: { mood: 'hung', holdsStill: true },
    place: { height: '20rem' },
  },
  play: async ({ canvas }) => {
    await expectWaiting(canvas, 'Loading dashboard…');
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    await waitFor(() => expect(document.getAnimations().length === 0).toBe(isStill));
  },
};

/** Framed, in the same page as native ones. */
export const FramedBesideNative: Story = {
  name: 'Framed beside native',
  parameters: { place: { height: 'auto' } },
  render: () => (
    <div style={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'repeat(auto-fit, minmax(16rem, 1fr))' }}>
      <SecureUpsolveDashboard title="Native" dashboard={SmallDashboard} />
      <SecureUpsolveDashboard title="Framed" dashboard={FramedSales} />
    </div>
  ),
  play: async ({ canvas }) => {
    // It lies under the loading state until its page is there.
    await waitFor(() => expect(canvas.getByTitle('Framed')).toBeVisible());
    await expect(await canvas.findByText(/^Figures of/)).toBeVisible();
  },
};

function SmallDashboard({ token, title }: { token: string; permissions: object; title?: string }) {
  return (
    <p style={{ margin: 0, padding: '1rem', border: '1px solid', borderRadius: 8 }}>
      Figures of {title ?? 'nothing'}, {token === '' ? 'without' : 'with'} a token
    </p>
  );
}

function FramedSales(props: { token: string; permissions: UpsolvePermissions; title?: string }) {
  return <UpsolveDashboardFrame {...props} dashboardId="sales" baseUrl={SHARE_HOST} />;
}
