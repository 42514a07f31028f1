import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where the built Storybook is. */
export const STORYBOOK: string = join(ROOT, 'storybook-static');

/** Builds the package unless dist is newer than all it is made of: whoever reads dist reads what the source says now. */
export function buildIfStale(): void {
  // The last file that a build writes.
  const sources = ['src', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsup.config.ts'];
  if (isNewer('dist/styles.css.d.cts', [...sources, 'scripts/bundledLicences.ts'])) return;
  build('build');
}

/** The same for Storybook. */
export function buildStorybookIfStale(): void {
  const sources = ['src', 'stories', '.storybook', 'compat/upsolve-dashboard', 'package.json', 'package-lock.json'];
  const read = ['docs/contract.md', 'tests/setup/publicNames.ts'];
  if (isNewer('storybook-static/project.json', [...sources, ...read])) return;
  build('storybook:build');
}

/** As somebody does who publishes it: a test runner's own NODE_ENV would bring what is told in development. */
function build(script: string): void {
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync('npm', ['run', '--silent', script], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

function isNewer(built: string, sources: readonly string[]): boolean {
  const path = join(ROOT, built);
  return existsSync(path) && sources.every((source) => getChangedMs(join(ROOT, source)) < statSync(path).mtimeMs);
}

/** When a file, or what a folder holds, was last changed. */
function getChangedMs(path: string): number {
  const isFolder = statSync(path).isDirectory();
  const below = isFolder
    ? readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => !name.includes('node_modules'))
    : [];
  return Math.max(statSync(path).mtimeMs, ...below.map((name) => statSync(join(path, name)).mtimeMs));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildIfStale();
