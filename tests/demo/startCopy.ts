import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Copy {
  url: string;
  stop(): Promise<void>;
}

/** Starts the demo as `npm run demo` does, in a process of its own, and waits for the URL it prints. */
export async function startCopy(env: Record<string, string> = {}): Promise<Copy> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('UPSOLVE_'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/start.ts'], {
    cwd: root,
    env: { ...Object.fromEntries(inherited), NODE_ENV: 'production', DEMO_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  const end = (): unknown => child.kill('SIGTERM');
  process.once('exit', end);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (!url) continue;
    return {
      url,
      stop: async () => {
        process.off('exit', end);
        end();
        await once(child, 'exit');
      },
    };
  }
  throw new Error(`The demo ended before it said where it is. ${complaint}`);
}
