import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Packs what would be published into a folder that holds no tarball yet, and says where it is. No registry is asked. */
export function packPackage(folder: string): string {
  const args = ['pack', '--silent', '--dry-run=false', '--ignore-scripts=false', '--pack-destination', folder];
  execFileSync('npm', args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack left no tarball.');
  return join(folder, tarball);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const reports = join(ROOT, 'reports');
  mkdirSync(reports, { recursive: true });
  const folder = mkdtempSync(join(reports, 'pack-'));
  renameSync(packPackage(folder), join(reports, 'package.tgz'));
  rmSync(folder, { recursive: true });
}
