import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleApiKey } from '../server/fixtures/sampleKeys';
import { expectHandler, expectMissingKey } from './expectHandler';
import { expectRefresh } from './expectRefresh';
import { startFakeTenants } from './fakeTenants';
import { installExample } from './installExample';
import { openExample } from './openExample';

/** Put beside the example's own: what else a user of Next does. */
const PAGES = {
  // Nothing of it waits for a request, so a clock or a random value that is read in its render fails the build.
  'static/page.tsx': `'use client';
import { SecureUpsolveDashboard, UpsolveTenantProvider } from 'react-upsolve-tenant';
import { Dashboard } from '../Dashboard';
import { Toolbar } from '../Toolbar';

export default function Page() {
  return (
    <UpsolveTenantProvider endpoint="/upsolve/tenant/register" tenantId="acme">
      <Toolbar />
      <SecureUpsolveDashboard dashboard={Dashboard} />
    </UpsolveTenantProvider>
  );
}
`,
  // A Server Component: what needs no page runs here, what needs one is the browser's.
  'told/page.tsx': `import { isUpsolveTenantError, UpsolveTenantError, UpsolveTenantProvider } from 'react-upsolve-tenant';

export default function Page() {
  const errors = [new UpsolveTenantError('network'), new Error('Another')];
  return (
    <UpsolveTenantProvider endpoint="/upsolve/tenant/register" enabled={false}>
      <p>{errors.map(isUpsolveTenantError).join(', ')}</p>
    </UpsolveTenantProvider>
  );
}
`,
  'signed-out/[...path]/route.ts': `import { redirect } from 'next/navigation';
import { createUpsolveTenantHandler } from 'react-upsolve-tenant/server';

const handler = createUpsolveTenantHandler({ basePath: '/signed-out', identify: () => redirect('/static') });
export { handler as POST };
`,
};

/** An app of one route, in the runtime that has Web APIs alone. */
const EDGE = {
  'api/upsolve/[...path]/route.ts': `import { createUpsolveTenantHandler } from 'react-upsolve-tenant/server';

export const runtime = 'edge';
const identify = () => ({ tenantId: 'acme', displayName: 'Acme', prefilters: { org_id: 1 }, permissions: { addChart: true } });
const handler = createUpsolveTenantHandler({ identify, upsolveUrl: process.env.UPSOLVE_API_URL });
export { handler as GET, handler as POST, handler as OPTIONS };
`,
};

function writePages(folder: string, pages: Record<string, string>): void {
  for (const [path, text] of Object.entries(pages)) {
    const file = join(folder, 'app', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

test('the Next example builds without a key, shows the tenant that came with the page and is refreshed', async () => {
  const tenants = await startFakeTenants();
  const example = await installExample('next');
  writePages(example.folder, PAGES);
  // Where CI is set, Next asks for a cache between builds; here each build is the first.
  const built = (await example.run('build')).replace(/^.*No build cache found.*$/m, '');
  expect(built).toMatch(/○ \/static/);
  expect(built).not.toMatch(/⚠|error|reconfigured/i);
  expect(tenants.upsolve.requests).toEqual([]);

  await expectMissingKey((await example.start({ PORT: '0' }, ['-H', '127.0.0.1'])).url);
  const env = { UPSOLVE_API_KEY: sampleApiKey(), UPSOLVE_API_URL: tenants.upsolve.url, PORT: '0' };
  const { url, getOutput } = await example.start(env, ['-H', '127.0.0.1']);
  const opened = await openExample(url);

  await expectRefresh(opened, tenants);

  // The first token came with the page: a request at mount would stand here too.
  expect(opened.asked).toEqual(['POST /upsolve/tenant/refresh-token']);
  expect(opened.strays).toEqual([]);
  expect(opened.lines).toEqual([]);

  expect(await (await fetch(`${url}/told`)).text()).toContain('<p>true, false</p>');

  const redirected = await fetch(`${url}/signed-out/tenant/register`, { method: 'POST', redirect: 'manual' });
  expect([redirected.status, redirected.headers.get('location')]).toEqual([307, '/static']);
  expect(getOutput()).not.toMatch(/⚠|error|failed/i);
});

test('a Next route on the edge builds without a key, names the one that is missing, and answers below a longer path', async () => {
  const { upsolve } = await startFakeTenants();
  const example = await installExample('next');
  rmSync(join(example.folder, 'app'), { recursive: true });
  writePages(example.folder, EDGE);
  // Cache Components and the edge exclude each other; the types of a route are tried by the example itself.
  writeFileSync(join(example.folder, 'next.config.ts'), 'export default { typescript: { ignoreBuildErrors: true } };');
  expect(await example.run('build')).toMatch(/ƒ \/api\/upsolve/);

  await expectMissingKey((await example.start({ PORT: '0' }, ['-H', '127.0.0.1'])).url, '/api/upsolve');
  const env = { UPSOLVE_API_KEY: sampleApiKey(), UPSOLVE_API_URL: upsolve.url, PORT: '0' };
  await expectHandler((await example.start(env, ['-H', '127.0.0.1'])).url, '/api/upsolve');
});
