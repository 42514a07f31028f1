import { expect, test } from 'vitest';
import { sampleApiKey } from '../server/fixtures/sampleKeys';
import { expectRefresh } from './expectRefresh';
import { startFakeTenants } from './fakeTenants';
import { installExample } from './installExample';
import { openExample } from './openExample';

test('the React Router example builds without a key, shows the tenant that came with the page and is refreshed', async () => {
  const tenants = await startFakeTenants();
  const example = await installExample('react-router');
  await example.run('build');
  expect(tenants.upsolve.requests).toEqual([]);

  const env = { UPSOLVE_API_KEY: sampleApiKey(), UPSOLVE_API_URL: tenants.upsolve.url, HOST: '127.0.0.1' };
  const { url, getOutput } = await example.start(env);
  const opened = await openExample(url);

  await expectRefresh(opened, tenants);

  // The first token came with the page: a request at mount would stand here too.
  expect(opened.asked).toEqual(['POST /upsolve/tenant/refresh-token']);
  expect(opened.strays).toEqual([]);
  expect(opened.lines).toEqual([]);

  const page = await fetch(url, { method: 'HEAD' });
  expect(page.headers.get('cache-control')).toBe('private, no-store');
  const permissions = await fetch(`${url}/upsolve/permissions/tenant-settings/`);
  expect(permissions.status).toBe(401);
  expect(getOutput()).not.toMatch(/error|failed/i);
});
