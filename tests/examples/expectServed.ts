import { expect } from 'vitest';
import { sampleApiKey } from '../server/fixtures/sampleKeys';
import { expectRefresh } from './expectRefresh';
import type { FakeTenants } from './fakeTenants';
import type { InstalledExample } from './installExample';
import { openExample, type OpenExample } from './openExample';

/** Starts a built page with its backend, sees it ready and refreshed, and hears nobody complain. */
export async function expectServed(example: InstalledExample, tenants: FakeTenants): Promise<OpenExample> {
  const { url, getOutput } = await example.start({
    UPSOLVE_API_KEY: sampleApiKey(),
    UPSOLVE_API_URL: tenants.upsolve.url,
    PORT: '0',
  });
  const opened = await openExample(url);
  await expectRefresh(opened, tenants);
  expect(opened.asked).toEqual(['POST /upsolve/tenant/register', 'POST /upsolve/tenant/refresh-token']);
  expect(opened.strays).toEqual([]);
  expect(opened.lines).toEqual([]);
  expect(getOutput()).not.toMatch(/error|warn|failed/i);
  return opened;
}
