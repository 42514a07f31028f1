import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const RECIPES = fileURLToPath(new URL('../../examples/backends', import.meta.url));

export interface Recipe {
  readonly name: string;
  /** The command that its README names, in words. */
  readonly start: readonly string[];
  readonly test: readonly string[];
}

function findPython(): string | undefined {
  const hasPackages = (python: string): boolean =>
    spawnSync(python, ['-c', 'import django, cryptography, requests']).status === 0;
  return ['python3', '/usr/bin/python3'].find(hasPackages);
}

function hasCommand(name: string, ...args: string[]): boolean {
  return spawnSync(name, args).status === 0;
}

const python = findPython();

/** Every recipe, with what it starts by here; without where this machine lacks its language. */
export const RECIPES_HERE: readonly (Recipe & { readonly isHere: boolean })[] = [
  {
    name: 'django',
    isHere: python !== undefined,
    start: [python ?? 'python3', 'manage.py', 'start'],
    test: [python ?? 'python3', 'manage.py', 'test'],
  },
  { name: 'go', isHere: hasCommand('go', 'version'), start: ['go', 'run', '.'], test: ['go', 'test', '-v'] },
];

export interface StartedRecipe {
  readonly url: string;
  /** Signs in as the recipe's own app would, and gives the cookie. */
  signIn(tenantId: string): Promise<string>;
}

/** A copy of a recipe, so that what it writes is gone with the test. */
function copyRecipe(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-recipe-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(RECIPES, name), folder, { recursive: true });
  return folder;
}

/** Runs the recipe's own tests to their end; gives what they print where they fail. */
export function testRecipe({ name, test }: Recipe): string {
  const [command = '', ...args] = test;
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copyRecipe(name), encoding: 'utf8' });
  return status === 0 && /Ran [1-9]\d* tests|--- PASS/.test(stdout + stderr) ? '' : stdout + stderr;
}

/** Starts a recipe by its one command, on a port of its own, against a stand-in for Upsolve. */
export async function startRecipe({ name, start }: Recipe, env: Record<string, string>): Promise<StartedRecipe> {
  const port = await findFreePort();
  const [command = '', ...args] = start;
  const child = spawn(command, args, {
    cwd: copyRecipe(name),
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // `go run` starts a program of its own: both end together.
    detached: true,
  });
  onTestFinished(() => end(child));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const url = `http://127.0.0.1:${port}`;
  await waitForServer(url, () => {
    if (child.exitCode !== null) throw new Error(`${name} ended before it listened.\n${output}`);
  });
  return {
    url,
    async signIn(tenantId) {
      const response = await fetch(`${url}/session`, {
        method: 'POST',
        body: JSON.stringify({ tenantId, role: 'analyst' }),
      });
      const cookies = response.headers.getSetCookie().map((text) => text.split(';')[0]);
      if (cookies.length === 0) throw new Error(`${name} gave no session: ${response.status}\n${output}`);
      return cookies.join('; ');
    },
  };
}

/** Until it answers at all: a program says in its own way, or not, that it listens. */
async function waitForServer(url: string, look: () => void): Promise<void> {
  for (;;) {
    look();
    try {
      await fetch(url);
      return;
    } catch {
      await delay(50);
    }
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function end({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
