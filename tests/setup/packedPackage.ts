import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { packPackage } from '../../scripts/packPackage.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder like a user's app: the packed package stands in its node_modules, unpacked. */
    consumer: string;
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NAME = 'react-upsolve-tenant';
/** What a user has beside the package: its peers and its dependencies. */
const INSTALLED = [
  '@tanstack/react-query',
  '@types/node',
  '@types/react',
  '@types/react-dom',
  '@upsolve/dashboard',
  'csstype',
  'react',
  'react-dom',
];

/** Packs what would be published and unpacks it where an app would have it. No registry is asked. */
export default function setup({ provide }: TestProject): () => void {
  const consumer = mkdtempSync(join(tmpdir(), 'consumer-'));
  const tarball = packPackage(consumer);
  const target = join(consumer, 'node_modules', NAME);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
  for (const name of INSTALLED) {
    const link = join(consumer, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link, 'junction');
  }
  writeFileSync(join(consumer, 'package.json'), '{"name":"consumer","private":true}');
  provide('consumer', consumer);
  return () => rmSync(consumer, { recursive: true, force: true });
}
