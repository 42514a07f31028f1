import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectServed } from './expectServed';
import { startFakeTenants } from './fakeTenants';
import { installExample } from './installExample';

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

  const { page } = await expectServed(example, tenants);
  await page.getByRole('heading', { name: 'Hello, Acme' }).waitFor();
});
