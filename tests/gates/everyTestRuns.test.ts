import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readGates } from '../../scripts/check';
import { PARTS } from '../../scripts/runTests';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The projects that the gates run, by way of scripts of package.json: names, or names that end in `*`. */
function getTestedProjects(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return [...readGates().flat(), ...PARTS].flatMap((name) =>
    [...(scripts[name] ?? '').matchAll(/--project '?([\w:*]+)/g)].map(([, project]) => project!),
  );
}

it('every test file belongs to a project, and a gate runs every project', { timeout: 120_000 }, () => {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const listing = execFileSync(process.execPath, [vitest, 'list', '--filesOnly', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const listed = JSON.parse(listing.slice(listing.indexOf('['))) as { file: string; projectName: string }[];

  const present = ['tests', 'stories'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(test|stories)\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(new Set(listed.map(({ file }) => relative(ROOT, file)))).toEqual(new Set(present));

  const tested = getTestedProjects();
  const isTested = (project: string): boolean =>
    tested.some(
      (pattern) => pattern === project || (pattern.endsWith('*') && project.startsWith(pattern.slice(0, -1))),
    );
  expect(
    [...new Set(listed.map(({ projectName }) => projectName.replace(/ \(.*\)$/, '')))].filter((p) => !isTested(p)),
  ).toEqual([]);
});
