import { expect } from 'vitest';
import type { FakeTenants } from './fakeTenants';
import type { OpenExample } from './openExample';

/** Sees the first token's dashboard, then one refresh: the dashboard stays meanwhile, and takes the new token when told. */
export async function expectRefresh({ page }: OpenExample, { upsolve, hang }: FakeTenants): Promise<void> {
  const dashboard = page.getByRole('region', { name: 'Dashboard' });
  const refresh = page.getByRole('button', { name: 'Refresh' });
  await dashboard.getByText('Acme, token 1').waitFor();
  expect(await page.getByText('ready', { exact: true }).count()).toBe(1);
  expect(await dashboard.getByRole('button', { name: 'Add chart' }).isEnabled()).toBe(true);
  expect(upsolve.requests).toMatchObject([{ displayName: 'Acme', prefilters: { org_id: 'acme' } }]);

  const { release } = hang();
  await refresh.click();
  await page.locator('button:disabled', { hasText: 'Refresh' }).waitFor();
  await dashboard.getByText('Acme, token 1').waitFor();
  release();

  await page.getByRole('button', { name: 'Load the newest data' }).click();
  await dashboard.getByText('Acme, token 2').waitFor();
  await page.locator('button:enabled', { hasText: 'Refresh' }).waitFor();
  expect(upsolve.requests).toHaveLength(2);
}
