import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as esbuild } from 'esbuild';
import { build as vite, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';
import { consumer } from './consumer';

const entry = join(consumer, 'app.js');
writeFileSync(
  entry,
  "import * as tenant from 'react-upsolve-tenant'; import 'react-upsolve-tenant/styles.css'; console.log(tenant);",
);
const PRIVATE = /@upsolve(-labs)?\//;

describe('an app without the private package', () => {
  it('builds with esbuild', async () => {
    const { metafile, outputFiles } = await esbuild({
      absWorkingDir: consumer,
      entryPoints: [entry],
      bundle: true,
      write: false,
      metafile: true,
      outdir: 'out',
      format: 'esm',
      minify: true,
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    expect(Object.keys(metafile.inputs).filter((path) => /@upsolve|compat\//.test(path))).toEqual([]);
    expect(outputFiles.filter(({ path }) => path.endsWith('.js')).map(({ text }) => PRIVATE.test(text))).toEqual([
      false,
    ]);
    expect(outputFiles.map(({ path }) => path.replace(/.*\./, '')).sort()).toEqual(['css', 'js']);
  });

  it('holds none of the texts that only a developer reads', async () => {
    const lines = await Promise.all(['production', 'development'].map(countTexts));
    expect(lines).toEqual([0, 3]);
  });

  it('holds nothing of the frame unless it names it', async () => {
    const names = ['UpsolveTenantProvider', 'useUpsolveTenant', 'useTokenRefresh', 'SecureUpsolveDashboard'];
    const marks = ['hub.upsolve.ai', 'embed:ready', 'settleMs', 'referrerPolicy', 'securitypolicyviolation'];
    const looks = ['upsolve-tenant__frames', '--upsolve-frame-background'];
    const held = async (wanted: string[]): Promise<string[]> => {
      const file = join(consumer, `${wanted.length}.js`);
      writeFileSync(file, `export { ${wanted.join(', ')} } from 'react-upsolve-tenant';`);
      const text = await bundle(file, 'production');
      return [...marks, ...looks].filter((mark) => text.includes(mark));
    };
    expect(await held(names)).toEqual([]);
    expect(await held([...names, 'UpsolveDashboardFrame'])).toEqual([...marks, ...looks]);
  });

  it('builds with vite', async () => {
    const { output } = (await vite({
      root: consumer,
      configFile: false,
      logLevel: 'error',
      build: { write: false, rolldownOptions: { input: entry } },
    })) as Rolldown.RolldownOutput;
    const chunks = output.filter((file) => file.type === 'chunk');
    expect(chunks.flatMap(({ moduleIds }) => moduleIds).filter((id) => /@upsolve|compat\//.test(id))).toEqual([]);
    expect(chunks.map(({ code }) => PRIVATE.test(code))).toEqual([false]);
  });
});

describe('the backend half', () => {
  const leak = join(consumer, 'leak.js');
  writeFileSync(
    leak,
    "import { createUpsolveTenantHandler as create } from 'react-upsolve-tenant/server'; console.log(create);",
  );
  const whole = join(consumer, 'whole.js');
  writeFileSync(whole, "import * as server from 'react-upsolve-tenant/server'; console.log(Object.keys(server));");
  /** As esbuild does it for a page, unless it is told other conditions. */
  const build = async (file: string, conditions?: string[]): Promise<string> => {
    const { outputFiles } = await esbuild({
      absWorkingDir: consumer,
      entryPoints: [file],
      bundle: true,
      write: false,
      format: 'esm',
      logLevel: 'silent',
      ...(conditions && { conditions }),
    });
    return outputFiles[0]!.text;
  };

  it.each([
    ['esbuild', () => build(leak)],
    [
      'vite',
      () =>
        vite({
          root: consumer,
          configFile: false,
          logLevel: 'silent',
          build: { write: false, rolldownOptions: { input: leak } },
        }),
    ],
  ])('fails the build of a page that imports it, by name, with %s', async (_, run) => {
    await expect(run()).rejects.toThrow(
      /createUpsolveTenantHandler[^]*serverOnly|serverOnly[^]*createUpsolveTenantHandler/,
    );
  });

  it('throws where a page imports all of it, and says why', async () => {
    const text = await build(whole);
    expect(text).toContain("Don't import it into a page");
    expect(text).not.toContain('jose');
  });

  it.each([
    ['a worker, as wrangler builds it', ['workerd', 'worker', 'browser', 'module']],
    ['an edge runtime, as Next builds it', ['edge-light', 'browser', 'module']],
    ['a test runner that knows Node and a page', ['node', 'browser', 'module']],
    ['Jest in jsdom', ['browser']],
    ['Deno', ['deno', 'node', 'module']],
    ['Bun', ['bun', 'node', 'module']],
  ])('is found for %s', async (_, conditions) => {
    const text = await build(leak, conditions);
    expect(text).toContain('/v1/api/tenant/register-tenant');
    expect(text).not.toContain("Don't import it into a page");
  });
});

/** How many of these lines of development a bundle for an environment holds. */
async function countTexts(environment: string): Promise<number> {
  const text = await bundle(entry, environment);
  const lines = ['Send the zone with it', 'More: README', 'blocks the dashboard. Add'];
  return lines.filter((line) => text.includes(line)).length;
}

async function bundle(file: string, environment: string): Promise<string> {
  const { outputFiles } = await esbuild({
    absWorkingDir: consumer,
    entryPoints: [file],
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'esm',
    minify: true,
    define: { 'process.env.NODE_ENV': JSON.stringify(environment) },
  });
  return outputFiles.map(({ text }) => text).join('');
}
