import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The last file that a build writes. */
const LAST_BUILT = join(ROOT, 'dist/server.d.cts');

/** Builds unless dist is newer than all that it is made of: whoever reads dist reads what the source says now. */
export function buildIfStale(): void {
  if (existsSync(LAST_BUILT) && newestSource() < statSync(LAST_BUILT).mtimeMs) return;
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}

function newestSource(): number {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map((name) =>
    join('src', name),
  );
  return Math.max(
    ...['package.json', 'tsconfig.json', 'tsup.config.ts', ...sources].map(
      (name) => statSync(join(ROOT, name)).mtimeMs,
    ),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildIfStale();
