import type { Meta, StoryObj } from '@storybook/react-vite';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { FakeUpsolveTenantProvider } from 'react-upsolve-tenant/testing';
import { expect } from 'storybook/test';

const meta = {
  title: 'SecureUpsolveDashboard',
  component: SecureUpsolveDashboard,
  args: { labels: { title: 'Sales' } },
} satisfies Meta<typeof SecureUpsolveDashboard>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Before the first token. */
export const Loading: Story = {
  decorators: [
    (StoryBelow) => (
      <FakeUpsolveTenantProvider state={{ status: 'loading' }}>
        <StoryBelow />
      </FakeUpsolveTenantProvider>
    ),
  ],
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('status')).toBeVisible();
  },
};

/** A usable token: the dashboard, which here is the fake one. */
export const Ready: Story = {
  decorators: [
    (StoryBelow) => (
      <FakeUpsolveTenantProvider state={{ status: 'ready' }}>
        <StoryBelow />
      </FakeUpsolveTenantProvider>
    ),
  ],
};
