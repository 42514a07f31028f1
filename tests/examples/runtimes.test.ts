import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { startFakeUpsolve } from '../server/fixtures/fakeUpsolve';
import { sampleApiKey } from '../server/fixtures/sampleKeys';
import { expectHandler, expectMissingKey } from './expectHandler';
import { installExample } from './installExample';

/** Yarn's Plug'n'Play lets a package import nothing but what it declares, and gives CommonJS no ES module. */
const PLUG_AND_PLAY = `
const { createUpsolveTenantHandler } = require('react-upsolve-tenant/server');
const identify = () => ({ tenantId: 'acme', displayName: 'Acme', prefilters: { org: 1 }, permissions: { addChart: true } });
const handler = createUpsolveTenantHandler({ identify, upsolveUrl: process.env.UPSOLVE_API_URL });
handler(new Request('https://app.example/upsolve/tenant/register', { method: 'POST' }))
  .then(async (response) => console.log(response.status, (await response.json()).tenantId));
`;

test('the handler answers in Bun and in workerd, and to require() under Jest 29, Jest 30 and Yarn’s Plug’n’Play', async () => {
  const upsolve = await startFakeUpsolve();
  const { folder, run, start } = await installExample('runtimes');
  const env = { UPSOLVE_API_KEY: sampleApiKey(), UPSOLVE_API_URL: upsolve.url };
  const port = { PORT: '0' };

  await expectMissingKey((await start({ ...port, UPSOLVE_API_URL: upsolve.url })).url);
  await expectHandler((await start({ ...port, ...env })).url);

  // Wrangler keeps its own files with the example, and asks nobody where it runs.
  const wrangler = { XDG_CONFIG_HOME: folder, CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false' };
  await expectMissingKey((await start(wrangler, [], 'start:worker')).url);
  writeFileSync(
    join(folder, '.dev.vars'),
    Object.entries(env)
      .map((pair) => pair.join('='))
      .join('\n'),
  );
  await expectHandler((await start(wrangler, [], 'start:worker')).url);

  for (const script of ['test:jest29', 'test:jest30'])
    expect(await run(script, [], env)).toMatch(/Tests: +1 passed, 1 total/);

  const project = join(folder, 'plug-and-play');
  mkdirSync(project);
  const dependencies = { 'react-upsolve-tenant': `file:${inject('tarball')}` };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'plug-and-play', private: true, dependencies }));
  writeFileSync(join(project, 'yarn.lock'), '');
  writeFileSync(join(project, 'ask.cjs'), PLUG_AND_PLAY);
  const yarn = {
    ...env,
    // Where npm asks, Yarn asks too.
    YARN_NPM_REGISTRY_SERVER: execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim(),
    YARN_UNSAFE_HTTP_WHITELIST: '*',
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
    YARN_GLOBAL_FOLDER: join(folder, 'yarn'),
    YARN_NODE_LINKER: 'pnp',
  };
  await run('yarn', ['--cwd', project, 'install'], yarn);
  expect(await run('yarn', ['--cwd', project, 'node', 'ask.cjs'], yarn)).toMatch(/^200 acme$/m);
});
