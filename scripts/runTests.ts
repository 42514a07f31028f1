import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './buildIfStale.ts';
import type { Told } from './tellProgress.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * What `npm test` runs, as scripts of package.json. Two run at a time. Those that wait for pages come
 * first, for the unit tests make use of any core that is free. When one has ended the next begins, whether it failed or not.
 */
export const PARTS: readonly string[] = ['test:demo', 'test:browser', 'test:unit', 'test:package'];
const AT_A_TIME = 2;

/** How often a terminal, and a log, is told how far it is. */
const TERMINAL_MS = 500;
const LOG_MS = 15_000;

interface Part {
  /** Of the script, without `test:`. */
  name: string;
  args: string[];
  passed: number;
  skipped: number;
  failures: string[];
  state: 'to come' | 'running' | 'passed' | 'failed';
}

export async function runTests(): Promise<boolean> {
  const startedAt = Date.now();
  const parts = readParts();
  const screen = createScreen();
  screen.print('Building the package …');
  buildIfStale();
  const isTerminal = process.stdout.isTTY;
  const progress = setInterval(
    () => screen.refresh(describeProgress(parts, Date.now() - startedAt)),
    isTerminal ? TERMINAL_MS : LOG_MS,
  );
  const toCome = [...parts];
  const runNext = async (): Promise<void> => {
    const part = toCome.shift();
    if (!part) return;
    screen.print(await runPart(part));
    await runNext();
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, runNext));
  clearInterval(progress);
  screen.print(describeEnd(parts, Date.now() - startedAt));
  return parts.every(({ state }) => state === 'passed');
}

function readParts(): Part[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return PARTS.map((script) => {
    const [program, ...args] = (scripts[script] ?? '').split(' ').map((word) => word.replaceAll("'", ''));
    if (program !== 'vitest') throw new Error(`${script} of package.json doesn’t run vitest.`);
    return { name: script.replace('test:', ''), args, passed: 0, skipped: 0, failures: [], state: 'to come' };
  });
}

/** Runs one part to its end, and says how it went: with all its output where it failed. */
async function runPart(part: Part): Promise<string> {
  const startedAt = Date.now();
  part.state = 'running';
  const reporters = ['--reporter=dot', `--reporter=${join(ROOT, 'scripts/tellProgress.ts')}`];
  const child = fork(join(ROOT, 'node_modules/vitest/vitest.mjs'), [...part.args, ...reporters], {
    cwd: ROOT,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: string[] = [];
  child.stdout?.on('data', (text: Buffer) => output.push(text.toString()));
  child.stderr?.on('data', (text: Buffer) => output.push(text.toString()));
  child.on('message', (told: Told) => {
    if ('passed' in told) part.passed++;
    else if ('skipped' in told) part.skipped++;
    else part.failures.push('failed' in told ? told.failed : told.broken);
  });
  const end = (): unknown => child.kill('SIGTERM');
  process.once('exit', end);
  const exitCode = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => output.push(String(error)));
    child.once('close', resolve);
  });
  process.off('exit', end);

  // A part that ran nothing has shown nothing.
  if (exitCode !== 0 && part.failures.length === 0) part.failures.push(`vitest ended with ${exitCode}`);
  if (part.passed === 0 && part.failures.length === 0) part.failures.push('no test was run');
  part.state = part.failures.length === 0 ? 'passed' : 'failed';
  const took = formatDuration(Date.now() - startedAt);
  const skipped = part.skipped > 0 ? `, ${part.skipped} skipped on this machine` : '';
  const passed = `${part.name}: ${formatCount(part.passed)} passed${skipped} in ${took}`;
  if (part.state === 'passed') return passed;
  return [`${output.join('').trim()}\n`, `${passed}, ${part.failures.length} FAILED:`, ...part.failures].join('\n  ');
}

function describeProgress(parts: readonly Part[], elapsedMs: number): string {
  const told = parts
    .filter(({ state }) => state === 'running')
    .map(({ name, passed, failures }) => {
      const failed = failures.length > 0 ? `, ${failures.length} failed` : '';
      return `${name} ${formatCount(passed)} passed${failed}`;
    });
  return `… ${formatDuration(elapsedMs)}: ${told.join(' · ')}`;
}

function describeEnd(parts: readonly Part[], elapsedMs: number): string {
  const failed = parts.filter(({ state }) => state === 'failed');
  const passed = parts.map(({ name, passed }) => `${formatCount(passed)} ${name}`).join(', ');
  const took = formatDuration(elapsedMs);
  if (failed.length === 0) return `${passed} tests passed in ${took}`;
  const which = failed.map(({ name, failures }) => `${name} (${failures.join('; ')})`).join(', ');
  return `FAILED: ${which}. ${passed} tests passed in ${took}`;
}

/** Lines that stay, and on a terminal one below them that changes. */
function createScreen(): { print: (text: string) => void; refresh: (text: string) => void } {
  const isTerminal = process.stdout.isTTY;
  const clear = isTerminal ? '\r\u001b[K' : '';
  return {
    print: (text) => process.stdout.write(`${clear}${text}\n`),
    refresh: (text) =>
      process.stdout.write(isTerminal ? `${clear}${text.slice(0, process.stdout.columns - 1)}` : `${text}\n`),
  };
}

function formatCount(count: number): string {
  return count.toLocaleString('en');
}

function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Whoever ends this ends what it started.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  process.exitCode = (await runTests()) ? 0 : 1;
}
