import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packPackage } from '../../scripts/packPackage.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What would be published, as a file that npm installs. */
    tarball: string;
  }
}

export default function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tarball-'));
  provide('tarball', packPackage(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}
