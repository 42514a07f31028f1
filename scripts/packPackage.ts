import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './buildIfStale.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Packs what would be published into a folder that holds no tarball yet, and says where it is. No registry is asked. */
export function packPackage(folder: string): string {
  buildIfStale();
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack left no tarball.');
  return join(folder, tarball);
}
