import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectServed } from './expectServed';
import { startFakeTenants } from './fakeTenants';
import { installExample } from './installExample';

test('the webpack example, on the oldest React and react-query, shows its tenant, is refreshed, and shares react-query', async () => {
  const tenants = await startFakeTenants();
  const example = await installExample('webpack');
  const { packages } = JSON.parse(readFileSync(join(example.folder, 'node_modules/.package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const installed = Object.entries(packages).filter(
    ([place]) => /\/(react|react-dom|react-query)$/.test(place) && !place.includes('@types'),
  );
  expect(Object.fromEntries(installed.map(([place, { version }]) => [place, version]))).toEqual({
    'node_modules/@tanstack/react-query': '5.0.0',
    'node_modules/react': '18.2.0',
    'node_modules/react-dom': '18.2.0',
  });
  await example.run('build');

  const { page } = await expectServed(example, tenants);
  await page.getByRole('heading', { name: 'Hello, Acme' }).waitFor();

  // Whoever imports the backend half into a page is told so by the build, which names it.
  const leak =
    "import { createUpsolveTenantHandler } from 'react-upsolve-tenant/server';\nexport default createUpsolveTenantHandler;\n";
  writeFileSync(join(example.folder, 'src/leak.js'), `${leak}console.log(createUpsolveTenantHandler);\n`);
  const leaking = example.run('build', ['--entry-reset', '--entry', './src/leak.js', '--output-path', 'leak']);
  await expect(leaking).rejects.toThrow(/createUpsolveTenantHandler.* was not found in 'react-upsolve-tenant\/server'/);
});
