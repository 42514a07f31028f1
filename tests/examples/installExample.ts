import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NAME = 'react-upsolve-tenant';

/** What ends with the test, or with whoever interrupts it. */
const children = new Set<ChildProcess>();
const folders = new Set<string>();

/** An example in a folder of its own, as a user has it. */
export interface InstalledExample {
  readonly folder: string;
  /** Runs a script of its package.json to its end and gives its output. */
  run(script: string, args?: string[], env?: Record<string, string>): Promise<string>;
  /** Runs `npm start`, or another script, until the test is over. */
  start(env: Record<string, string>, args?: string[], script?: string): Promise<StartedExample>;
}

export interface StartedExample {
  readonly url: string;
  /** What it has printed so far. */
  getOutput(): string;
}

/** Copies an example without what was installed or built in it, and installs it with the packed package. */
export async function installExample(name: string, among = 'examples'): Promise<InstalledExample> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-example-`));
  folders.add(folder);
  onTestFinished(cleanUp);
  cpSync(join(ROOT, among, name), folder, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|dist|build|\.next|\.wrangler|\.react-router|\.parcel-cache)$/.test(path),
  });
  await runNpm(folder, ['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', inject('tarball')]);
  expectLocked(folder);
  return {
    folder,
    run: (script, args = [], env = {}) => runNpm(folder, ['run', script, '--', ...args], env),
    start: (env, args = [], script = 'start') => start(folder, env, ['run', script, '--', ...args]),
  };
}

interface Lock {
  packages: Record<string, { version?: string; integrity?: string }>;
}

/** Everything that was installed stands in the lock file, with the same content. */
function expectLocked(folder: string): void {
  const read = (path: string): [string, string | undefined][] => {
    const { packages } = JSON.parse(readFileSync(join(folder, path), 'utf8')) as Lock;
    return Object.entries(packages)
      .filter(([place]) => place !== '' && place !== `node_modules/${NAME}`)
      .map(([place, { integrity }]) => [place, integrity]);
  };
  expect(read('package-lock.json')).toEqual(expect.arrayContaining(read('node_modules/.package-lock.json')));
}

/** As a shell has it where no key is set: the test runner's own NODE_ENV is no app's. */
function cleanEnv(): Record<string, string | undefined> {
  const foreign = /^(UPSOLVE_|VITEST|NODE_ENV$|npm_(lifecycle|package|config_local_prefix))/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
}

async function runNpm(folder: string, args: string[], env = {}): Promise<string> {
  const npm = startNpm(folder, args, env);
  const [exitCode] = (await once(npm.child, 'close')) as [number | null];
  if (exitCode !== 0) throw new Error(`npm ${args[0]} ${args[1]} ended with ${exitCode}.\n${npm.getOutput()}`);
  return npm.getOutput();
}

async function start(folder: string, env: Record<string, string>, args: string[]): Promise<StartedExample> {
  const { child, getOutput } = startNpm(folder, args, env);
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /http:\/\/[\w.]+:\d+/.exec(line)?.[0];
    if (url) return { url, getOutput };
  }
  throw new Error(`npm ${args.join(' ')} ended before it said where it is.\n${getOutput()}`);
}

/** In a process group of its own, so that npm's own children end with it. */
function startNpm(folder: string, args: string[], env = {}): { child: ChildProcess; getOutput: () => string } {
  const child = spawn('npm', args, {
    cwd: folder,
    env: { ...cleanEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  return { child, getOutput: () => output };
}

function killChildren(): void {
  for (const { pid } of children) {
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

async function cleanUp(): Promise<void> {
  killChildren();
  await Promise.all([...children].map((child) => once(child, 'close')));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
}

/** Whoever interrupts the runner leaves nothing behind: its workers end by a signal, or lose their parent. */
function handleInterrupt(): void {
  killChildren();
  for (const folder of folders) spawnSync('rm', ['-rf', folder]);
  process.kill(process.pid, 'SIGKILL');
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.once(name, handleInterrupt);
