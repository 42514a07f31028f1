import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages whose code is inside ours: nobody installs them, and CommonJS gets them though they are ES modules. */
const BUNDLED_PACKAGES: readonly string[] = ['jose', 'lru-cache'];

/** Writes the licences of what is bundled, as each of them asks for, into a folder that is published. */
export function writeLicences(folder: string): void {
  writeFileSync(join(folder, 'THIRD-PARTY-LICENCES.txt'), BUNDLED_PACKAGES.map(describeLicence).join('\n\n'));
}

function describeLicence(name: string): string {
  const home = join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Record<string, string>;
  const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} has no licence that could be passed on.`);
  return `${name} ${version} (${license}) is part of dist/server.js and dist/server.cjs.\n\n${readFileSync(join(home, file), 'utf8')}`;
}
