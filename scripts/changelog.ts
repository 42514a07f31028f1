import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parser, Release } from 'keep-a-changelog';
import { format, resolveConfig } from 'prettier';
import type { Manifest } from './publishedManifest.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PATH = join(ROOT, 'CHANGELOG.md');

export function readChangelog(): string {
  return readFileSync(PATH, 'utf8');
}

/** Makes what stands under “Unreleased” the version's own, released on a date. Fails if nothing stands there. */
export async function releaseChangelog(text: string, manifest: Manifest, date: Date): Promise<string> {
  const changelog = parser(text);
  const [release] = changelog.releases.filter(({ version }) => version === undefined);
  if (!release || release.isEmpty()) throw new Error('Nothing stands under “Unreleased” in CHANGELOG.md.');
  release.setVersion(manifest.version);
  release.setDate(date);
  if (manifest.repository) changelog.url = manifest.repository;
  changelog.addRelease(new Release());
  return format(changelog.toString(), { ...(await resolveConfig(PATH)), parser: 'markdown' });
}

/** Whether a changelog tells what a version brought, and when. */
export function hasReleased(text: string, version: string): boolean {
  return parser(text).findRelease(version)?.date !== undefined;
}

// `npm version` calls it before it writes the new version, so that a refusal changes nothing, and after, then commits.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  const changelog = await releaseChangelog(readChangelog(), manifest, new Date());
  if (!process.argv.includes('--check')) {
    writeFileSync(PATH, changelog);
    execFileSync('git', ['add', 'CHANGELOG.md'], { cwd: ROOT });
  }
}
