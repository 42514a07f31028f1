import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

export type ModuleKind = 'ESM' | 'CommonJS';

export const MODULE_KINDS: readonly ModuleKind[] = ['ESM', 'CommonJS'];

export const consumer: string = inject('consumer');

/** The unpacked package in the consumer. */
export const installed: string = join(consumer, 'node_modules/react-upsolve-tenant');

/** Runs a script of the consumer's in plain Node; it gets `modules` by name and prints JSON. */
export function runInConsumer(kind: ModuleKind, modules: Record<string, string>, script: string): unknown {
  const lines = Object.entries(modules).map(([name, from]) =>
    kind === 'ESM' ? `import * as ${name} from '${from}';` : `const ${name} = require('${from}');`,
  );
  const file = join(consumer, kind === 'ESM' ? 'script.mjs' : 'script.cjs');
  writeFileSync(file, `${lines.join('\n')}\nconsole.log(JSON.stringify((() => {${script}})()));`);
  try {
    const output = execFileSync(process.execPath, ['--no-warnings', file], { cwd: consumer, encoding: 'utf8' });
    return JSON.parse(output) as unknown;
  } finally {
    rmSync(file);
  }
}
