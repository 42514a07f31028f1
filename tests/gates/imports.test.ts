import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A tree in which every rule but the last two is broken once; what stands under `fine` breaks none. */
const TREE: Record<string, string> = {
  'package.json':
    '{"name":"react-upsolve-tenant","peerDependencies":{"react":"*"},"devDependencies":{"dev":"*","jose":"*"}}',
  'tsconfig.json': '{"compilerOptions":{"paths":{"react-upsolve-tenant":["./src/index.ts"]}}}',
  'node_modules/react/package.json': '{"name":"react","main":"index.js"}',
  'node_modules/react/index.js': '',
  'node_modules/jose/package.json': '{"name":"jose","main":"index.js"}',
  'node_modules/jose/index.js': '',
  'node_modules/dev/package.json': '{"name":"dev","main":"index.js"}',
  'node_modules/dev/index.js': '',

  'src/index.ts': imports(
    './core/fine',
    './react/fine',
    './core/knowsReact',
    './core/circleA',
    './react/knowsServer',
    './react/usesDev',
    './server/fine',
    './core/gone',
  ),
  'src/server.ts': imports('./server/fine', './server/knowsReact', './server/knowsRoom', './react/fine'),
  'src/testing.ts': imports('./testing/fine', './testing/knowsRoom', './core/fine'),
  'src/dashboard.tsx': imports('react-upsolve-tenant', './react/fine'),
  'src/core/fine.ts': 'export const a = 1;',
  'src/core/knowsReact.ts': imports('react'),
  'src/core/circleA.ts': "import type { B } from './circleB'; export type A = B;",
  'src/core/circleB.ts': "import type { A } from './circleA'; export type B = A;",
  'src/react/fine.ts': imports('react', '../core/fine', './utils'),
  'src/react/utils.ts': 'export const a = 1;',
  'src/react/dead.ts': imports('react'),
  'src/react/usesDev.ts': imports('dev'),
  'src/react/knowsServer.ts': imports('../server/fine'),
  'src/server/fine.ts': imports('../core/fine', 'jose'),
  'src/server/knowsReact.ts': imports('react'),
  'src/server/knowsRoom.ts': imports('../react/fine'),
  'src/testing/fine.ts': imports('react', 'react-upsolve-tenant', '../core/fine', '../server/fine'),
  'src/testing/knowsRoom.ts': imports('../react/fine'),
};

function imports(...names: string[]): string {
  return names.map((name) => `import '${name}';\n`).join('');
}

interface Violation {
  rule: { name: string };
  from: string;
  to: string;
}

describe('the rules of imports', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  let found: string[] = [];

  beforeAll(() => {
    for (const [path, text] of Object.entries(TREE)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { stdout } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        '--config',
        join(root, 'scripts/settings/dependencyRules.mjs'),
        '--output-type',
        'json',
        'src',
      ],
      { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 },
    );
    const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
    found = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['core-stands-alone: src/core/knowsReact.ts → node_modules/react/index.js'],
    ['no-circle: src/core/circleA.ts → src/core/circleB.ts'],
    ['react-on-core: src/react/knowsServer.ts → src/server/fine.ts'],
    ['no-dev-package: src/react/usesDev.ts → node_modules/dev/index.js'],
    ['server-on-core: src/server/knowsRoom.ts → src/react/fine.ts'],
    ['server-without-react: src/server/knowsReact.ts → node_modules/react/index.js'],
    ['testing-on-server-and-core: src/testing/knowsRoom.ts → src/react/fine.ts'],
    ['main-entry: src/index.ts → src/server/fine.ts'],
    ['server-entry: src/server.ts → src/react/fine.ts'],
    ['testing-entry: src/testing.ts → src/core/fine.ts'],
    ['dashboard-entry: src/dashboard.tsx → src/react/fine.ts'],
    ['in-use: src/react/dead.ts → src/react/dead.ts'],
    ['unresolved: src/index.ts → ./core/gone'],
    ['names-say-something: src/react/fine.ts → src/react/utils.ts'],
  ])('%s is refused', (violation) => {
    expect(found).toContain(violation);
  });

  it('nothing else is refused', () => {
    expect(found.filter((violation) => violation.includes('fine.ts →') && !violation.includes('utils.ts'))).toEqual([]);
  });
});
