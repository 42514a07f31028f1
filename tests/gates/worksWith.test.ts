import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { findLocked, putWorksWith } from '../../scripts/writeWorksWith';

it('the README says what the package works with as the lock files have it', async () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(await putWorksWith(readme)).toBe(readme);
});

it('every app with a lock file is installed by a test', () => {
  const tests = readdirSync('tests/examples', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(`tests/examples/${name}`, 'utf8'))
    .join('\n');
  const installed = [...tests.matchAll(/installExample\('([^']+)'/g)].map(([, name]) => name);
  expect(
    findLocked()
      .map((folder) => basename(folder))
      .sort(),
  ).toEqual([...new Set(installed)].sort());
});
