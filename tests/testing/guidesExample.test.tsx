import { fireEvent, render, screen } from '@testing-library/react';
import { SecureUpsolveDashboard, UpsolveTenantProvider } from 'react-upsolve-tenant';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { expect, test } from 'vitest';

test('after a night with the lid closed the dashboard comes back by itself', async () => {
  const backend = createFakeBackend();
  render(
    <UpsolveTenantProvider {...backend.providerProps}>
      <SecureUpsolveDashboard />
    </UpsolveTenantProvider>,
  );
  await screen.findByText('addFilter');

  backend.hang();
  backend.clock.sleep(8 * 60 * 60_000);
  fireEvent.focus(window);
  expect(await screen.findByText('Reconnecting…')).toBeVisible();

  backend.release();
  expect(await screen.findByText('addFilter')).toBeVisible();
});
