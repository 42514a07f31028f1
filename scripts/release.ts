import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasReleased, readChangelog } from './changelog.ts';
import { packPackage } from './packPackage.ts';
import { findUnsetSetting, type Manifest } from './publishedManifest.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/**
 * Publishes the packed tarball, with the arguments of `npm publish`. Of a folder, npm would send the registry the
 * package.json that stands there, and users another one in the tarball.
 */
function publish(args: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    const { status } = spawnSync('npm', ['publish', packPackage(folder), ...args], { cwd: ROOT, stdio: 'inherit' });
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { version } = manifest;
const refusals = [
  findUnsetSetting(manifest),
  hasReleased(readChangelog(), version)
    ? undefined
    : `CHANGELOG.md tells of no released ${version}. Run npm version, which makes what is unreleased a version's own.`,
].filter((refusal) => refusal !== undefined);
// Before `npm publish` of the folder, of which a dry run is all that is of use.
const isFolder = process.argv.includes('--folder');
const isDryRun = process.env['npm_config_dry_run'] === 'true' || process.argv.includes('--dry-run');
for (const refusal of refusals)
  console.error(`${isDryRun ? 'A release will be refused' : 'Not published'}: ${refusal}`);
if (!isFolder) {
  process.exitCode = refusals.length > 0 && !isDryRun ? 1 : publish(process.argv.slice(2));
} else if (!isDryRun) {
  if (refusals.length === 0) console.error('Not published: npm run release publishes what npm pack makes.');
  process.exitCode = 1;
}
