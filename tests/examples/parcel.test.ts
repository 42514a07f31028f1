import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installExample } from './installExample';

test('Parcel as it comes, which reads no exports, finds the looks, the guard and the fakes', async () => {
  const example = await installExample('parcel');
  const main = join(example.folder, 'src/main.tsx');
  // The fakes are for tests and stories: here they stand for a subpath that holds code.
  const more =
    "import { FakeUpsolveDashboard } from 'react-upsolve-tenant/testing';\nconsole.log(FakeUpsolveDashboard);\n";
  writeFileSync(main, more + readFileSync(main, 'utf8'));
  await example.run('build');
  const built = readdirSync(join(example.folder, 'dist'));
  const read = (extension: string): string =>
    built
      .filter((name) => name.endsWith(extension))
      .map((name) => readFileSync(join(example.folder, 'dist', name), 'utf8'))
      .join('\n');
  expect(read('.css')).toContain('.upsolve-tenant');
  expect(read('.js')).toContain('upsolve-tenant__');
  // One context: what the fakes import is the main entry that the app has, once.
  expect(read('.js').match(/needs <UpsolveTenantProvider> above it/g)).toHaveLength(1);
});
