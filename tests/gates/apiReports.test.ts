import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeApi, findChangedReports } from '../../scripts/apiReports';

const MANIFEST = {
  name: 'built',
  version: '1.0.0',
  exports: {
    '.': { import: { types: './dist/index.d.ts' } },
    './server': { import: { types: './dist/server.d.ts' } },
    './styles.css': './dist/styles.css',
  },
};
const INNER = 'interface Inner { held: string }\n';
// With `export {}`, as a build writes it: without, every declaration of the file is exported.
const INDEX = `export {};\n${INNER}/** Told. */\nexport interface Options { inner: Inner }\n`;

let root: string;
let committed: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'built-'));
  committed = join(root, 'committed');
  mkdirSync(join(root, 'dist'));
  mkdirSync(committed);
  writeFileSync(join(root, 'package.json'), JSON.stringify(MANIFEST));
  publish('index', INDEX);
  publish('server', 'export declare function answer(question: string): number;\n');
  for (const [file, report] of await describeApi(root)) writeFileSync(join(committed, file), report);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function publish(entry: string, types: string): void {
  writeFileSync(join(root, `dist/${entry}.d.ts`), types);
}

const findChanged = async (): Promise<string[]> => findChangedReports(await describeApi(root), committed);

it('an entry whose types are as committed has not changed, whatever its comments and its order', async () => {
  publish('index', `/** Told otherwise. */\nexport interface Options { inner: Inner }\n${INNER}export {};\n`);
  expect(await findChanged()).toEqual([]);
});

it.each([
  ['a change of an exported type', INDEX.replace('inner: Inner', 'inner?: Inner')],
  ['a change of a type that an exported one is made of', INDEX.replace('held: string', 'held: number')],
  ['a name that is taken away', 'export {};'],
])('%s is told by the name of its entry', async (_, types) => {
  publish('index', types);
  expect(await findChanged()).toEqual(['index.api.md']);
});

it('an entry without a report is told, and a report without an entry', async () => {
  const { './server': server, ...rest } = MANIFEST.exports;
  writeFileSync(join(root, 'package.json'), JSON.stringify({ ...MANIFEST, exports: { ...rest, './client': server } }));
  expect(await findChanged()).toEqual(['client.api.md', 'server.api.md']);
});
