import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfStale } from './buildIfStale.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Most of what a gate does is done by one core, or waits for a page. */
const AT_A_TIME = 2;

/** The gates: each line one script of package.json, or several that run one after another. */
export function readGates(): string[][] {
  return readFileSync(join(ROOT, 'scripts/gates'), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(' '));
}

/** Runs all gates, two at a time, tells what each said as it ends, and which failed. */
async function checkAll(gates: readonly string[][]): Promise<boolean> {
  // Several read it, and each would build what it finds missing.
  buildIfStale();
  const toCome = [...gates];
  const passed: string[] = [];
  const failed: string[] = [];
  const runNext = async (): Promise<void> => {
    const gate = toCome.shift();
    if (!gate) return;
    for (const script of gate) ((await runScript(script)) ? passed : failed).push(script);
    await runNext();
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, runNext));
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
  console.log(`\n${passed.length} passed, ${failed.length} failed`);
  return failed.length === 0;
}

async function runScript(script: string): Promise<boolean> {
  const startedAt = Date.now();
  console.log(`… ${script}`);
  const output: string[] = [];
  const child = spawn('npm', ['run', '--silent', script], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (text: Buffer) => output.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => output.push(text.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => output.push(String(error)));
    child.once('close', resolve);
  });
  const end = code === 0 ? 'passed' : 'FAILED';
  console.log(
    `\n== ${script}\n${output.join('').trim()}\n== ${script}: ${end} in ${Math.round((Date.now() - startedAt) / 1_000)} s`,
  );
  return code === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      /** A gate that ran already. */
      except: { type: 'string', multiple: true, default: [] },
      /** A script that is a gate on this machine only. */
      with: { type: 'string', multiple: true, default: [] },
    },
  });
  const gates = readGates().filter((gate) => !values.except.includes(gate.join(' ')));
  process.exitCode = (await checkAll([...values.with.map((script) => [script]), ...gates])) ? 0 : 1;
}
