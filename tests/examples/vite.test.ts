import { expect, test } from 'vitest';
import { sampleApiKey } from '../server/fixtures/sampleKeys';
import { expectRefresh } from './expectRefresh';
import { startFakeTenants } from './fakeTenants';
import { installExample } from './installExample';
import { openExample } from './openExample';

test('the Vite example builds without a key, shows its tenant and is refreshed', async () => {
  const tenants = await startFakeTenants();
  const example = await installExample('vite');
  await example.run('build');
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
});
