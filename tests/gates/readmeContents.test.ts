import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/core/errors';

const readme = readFileSync('README.md', 'utf8');
const rows = [...readme.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);

it('every error code has its row in the README, once', () => {
  expect(rows.filter((name) => (ERROR_CODES as readonly (string | undefined)[]).includes(name)).sort()).toEqual(
    [...ERROR_CODES].sort(),
  );
});

it('the README has running code within its first 25 lines', () => {
  expect(readme.split('\n').slice(0, 25).join('\n')).toMatch(/```tsx\n[^`]*SecureUpsolveDashboard[^`]*```/);
});

it.each([
  ['README.md', 'readmeExample'],
  ['docs/guides.md', 'guidesExample'],
])("%s's test of an app is the one that is run", (document, test) => {
  const run = readFileSync(`tests/testing/${test}.test.tsx`, 'utf8').replaceAll(/^\/\/ #\w+.*\n/gm, '');
  expect(readFileSync(document, 'utf8')).toContain(run.trim());
});

it('each mount that is shown is one that is run, in at most eight lines', () => {
  const blocksOf = (text: string): string[] => [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code!);
  const mounts = 'tests/server/mounts';
  const run = [
    ...readdirSync(mounts)
      .filter((name) => name !== 'upsolve.ts')
      .map((name) => `${mounts}/${name}`),
    'examples/next/app/upsolve/[...path]/route.ts',
    'examples/react-router/app/routes/upsolve.ts',
    'examples/runtimes/server.ts',
  ].map((name) => readFileSync(name, 'utf8').replace(/'\.\.[^']*\/upsolve(\.server)?'/, "'./upsolve'"));
  const shown = blocksOf(readFileSync('docs/mounting.md', 'utf8'));

  expect(shown.sort()).toEqual(run.sort());
  for (const code of shown) expect(code.split('\n').filter(Boolean).length).toBeLessThanOrEqual(8);
  expect(blocksOf(readme).filter((code) => code.includes("from './upsolve'") && !shown.includes(code))).toEqual([]);
});
