import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { installed } from './consumer';
import { listNamed, SHIPPED_FILES } from './shippedFiles';

const files = readdirSync(installed, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
  .sort();
const read = (name: string): string => readFileSync(join(installed, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string> | undefined>;
const clientEntries = ['index', 'dashboard', 'testing'].flatMap((name) => [`dist/${name}.js`, `dist/${name}.cjs`]);
const scripts = files.filter((name) => /\.c?js$/.test(name));

describe('the packed package', () => {
  it('holds four entries in two formats with their types, the command, the looks, the contract and the papers', () => {
    expect(listNamed(files)).toEqual(SHIPPED_FILES);
  });

  it.each(clientEntries)('marks %s as code for the client, before anything else', (name) => {
    expect(read(name)).toMatch(/^(["']use strict["'];\s*)?["']use client["'];/);
  });

  it('leads no reader of its papers to a file that it lacks, but to pictures and examples, which the repository has', () => {
    const papers = files.filter((name) => name.endsWith('.md'));
    const links = papers.flatMap((name) =>
      [...read(name).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => ({ name, target: target! })),
    );
    const local = links.filter(({ target }) => !/^(https?:|mailto:|(\.\.\/)*(examples|docs\/pictures)\/)/.test(target));
    expect(local.length).toBeGreaterThan(5);
    expect(local.filter(({ name, target }) => !files.includes(join(dirname(name), target)))).toEqual([]);
  });

  it.each(['dist/server.js', 'dist/server.cjs', 'dist/reactServer.js', 'dist/reactServer.cjs'])(
    'leaves %s to the server',
    (name) => {
      expect(read(name)).not.toMatch(/['"]use client['"]/);
    },
  );

  it.each(['dist/index.js', 'dist/index.cjs', 'dist/index.d.ts', 'dist/index.d.cts'])(
    'never imports the private package in %s',
    (name) => {
      expect(read(name)).not.toMatch(/(from|import|require)\s*\(?\s*['"]@upsolve/);
    },
  );

  it.each(files.filter((name) => /\.c?js$/.test(name)))(
    'leads a debugger from %s to no map that is not there',
    (name) => {
      expect(read(name)).not.toMatch(/\/\/[#@] sourceMappingURL/);
    },
  );

  it('holds no path of a machine, no key and no token', () => {
    for (const name of files) {
      expect(read(name), name).not.toMatch(/\/(work|tmp|root|home|Users)\/[a-z]/);
      expect(read(name), name).not.toMatch(/up_(embed|admin)_[A-Za-z0-9]{6,}|eyJ[\w-]{16,}\./);
    }
  });

  it('adds at most 1 MB to an app beside react-query, which is all that it makes npm install', () => {
    expect(Object.keys(manifest['dependencies'] ?? {})).toEqual(['@tanstack/react-query']);
    const bytes = files.reduce((sum, name) => sum + statSync(join(installed, name)).size, 0);
    expect(bytes).toBeLessThan(1_000_000);
  });

  it.each(scripts)('imports in %s only what an app has: itself, its dependencies and its peers', async (name) => {
    const outside = await readImports(join(installed, name));
    const known = ['dependencies', 'peerDependencies'].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
    // The command runs in Node alone; what a page or a worker loads can't ask for Node's modules.
    const present = name === 'dist/check.js' ? builtinModules : ['react-upsolve-tenant', ...known];
    const packages = outside
      .filter((from) => !/^[.]/.test(from))
      .map((from) => /^(@[^/]+\/)?[^/]+/.exec(from.replace('node:', ''))![0]);
    expect(packages.filter((from) => !present.includes(from))).toEqual([]);
  });

  it('holds the licence of each package whose code it holds', () => {
    const held = scripts.flatMap((name) => [...read(name).matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)]);
    const bundled = [...new Set(held.map(([, name]) => name!))].sort();
    expect(bundled).toEqual(['jose', 'lru-cache']);
    const licences = read('dist/THIRD-PARTY-LICENCES.txt');
    for (const name of bundled) {
      const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
      expect(licences).toContain(`${name} ${version} `);
      expect(licences).toContain(readFileSync(`node_modules/${name}/LICENSE.md`, 'utf8'));
    }
  });
});

/** What a script imports or requires, wherever in it. */
async function readImports(script: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [script],
    bundle: true,
    packages: 'external',
    metafile: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  return Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path));
}
