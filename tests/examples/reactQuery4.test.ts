import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleApiKey } from '../server/fixtures/sampleKeys';
import { expectRefresh } from './expectRefresh';
import { startFakeTenants } from './fakeTenants';
import { installExample } from './installExample';
import { openExample } from './openExample';

test('an app on @tanstack/react-query 4 installs, runs its own queries beside ours, and is refreshed', async () => {
  const tenants = await startFakeTenants();
  const example = await installExample('react-query-4');
  const { packages } = JSON.parse(readFileSync(join(example.folder, 'node_modules/.package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const major = (place: string): string | undefined => packages[place]?.version.split('.')[0];
  expect(major('node_modules/@tanstack/react-query')).toBe('4');
  expect(major('node_modules/react-upsolve-tenant/node_modules/@tanstack/react-query')).toBe('5');
  await example.run('build');

  const { url, getOutput } = await example.start({
    UPSOLVE_API_KEY: sampleApiKey(),
    UPSOLVE_API_URL: tenants.upsolve.url,
    PORT: '0',
  });
  const opened = await openExample(url);
  await opened.page.getByRole('heading', { name: 'Hello, Acme' }).waitFor();
  await expectRefresh(opened, tenants);

  expect(opened.asked).toEqual(['POST /upsolve/tenant/register', 'POST /upsolve/tenant/refresh-token']);
  expect(opened.strays).toEqual([]);
  expect(opened.lines).toEqual([]);
  expect(getOutput()).not.toMatch(/error|warn|failed/i);
});
