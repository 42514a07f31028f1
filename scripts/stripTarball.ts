import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPublishedManifest, type Manifest } from './publishedManifest.ts';

/**
 * Packs a tarball of this package anew, with the package.json that users get. The repository's own file is never written:
 * an interrupted pack leaves nothing behind.
 */
function stripTarball(tarball: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'strip-'));
  try {
    execFileSync('tar', ['-xzf', tarball, '-C', folder]);
    const path = join(folder, 'package', 'package.json');
    const manifest = createPublishedManifest(JSON.parse(readFileSync(path, 'utf8')) as Manifest);
    writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
    const args = ['pack', '--silent', '--ignore-scripts', '--dry-run=false', '--json=false'];
    execFileSync('npm', [...args, '--pack-destination', dirname(tarball), join(folder, 'package')], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// After `npm pack` only: `npm publish` of a folder sends what it holds in memory, and is refused for it.
const { npm_command: command, npm_config_dry_run: dryRun, npm_config_pack_destination: destination } = process.env;
if (process.argv[1] === fileURLToPath(import.meta.url) && command === 'pack' && dryRun !== 'true') {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const tarball = resolve(process.env['INIT_CWD'] ?? '.', destination ?? '.', `${name}-${version}.tgz`);
  stripTarball(tarball);
  const integrity = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  if (process.env['npm_config_loglevel'] !== 'silent') {
    console.error(`${tarball} holds the package.json that users get; its integrity is sha512-${integrity}`);
  }
}
