import { test } from 'vitest';
import { expectServed } from './expectServed';
import { startFakeTenants } from './fakeTenants';
import { installExample } from './installExample';

test('the Vite example builds without a key, shows its tenant and is refreshed', async () => {
  const tenants = await startFakeTenants();
  const example = await installExample('vite');
  await example.run('build');
  await expectServed(example, tenants);
});
