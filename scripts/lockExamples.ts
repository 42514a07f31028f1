import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packPackage } from './packPackage.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAME = 'react-upsolve-tenant';

interface Lock {
  packages: Record<string, Record<string, unknown> & { dependencies?: Record<string, string> | undefined }>;
}

/** Writes the lock file of each example as npm would once the package is published: our own entry says no address. */
function lockExample(path: string): void {
  const example = join(ROOT, path);
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) {
      if (existsSync(join(example, file))) cpSync(join(example, file), join(folder, file));
    }
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts'];
    const args = ['install', '--package-lock-only', '--omit-lockfile-registry-resolved', ...quiet, packPackage(folder)];
    execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    const { dependencies } = JSON.parse(
      readFileSync(join(example, 'package.json'), 'utf8'),
    ) as Lock['packages'][string];
    const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Lock;
    lock.packages[''] = { ...lock.packages[''], dependencies };
    const { resolved: _resolved, integrity: _integrity, ...ours } = lock.packages[`node_modules/${NAME}`] ?? {};
    lock.packages[`node_modules/${NAME}`] = ours;
    writeFileSync(join(example, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What an app installs: the examples, but for backends of other languages, and TypeScript's versions. */
const apps = [...readdirSync(join(ROOT, 'examples')).map((name) => `examples/${name}`), 'compat/typescript'];
/** All of them, or those that the command line names. */
const wanted = process.argv.length > 2 ? process.argv.slice(2) : apps;
for (const path of wanted) if (existsSync(join(ROOT, path, 'package.json'))) lockExample(path);
