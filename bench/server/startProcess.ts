import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface BenchProcess {
  readonly url: string;
  ask(what: 'count' | 'close'): Promise<number>;
  end(): Promise<void>;
}

/** Runs a file of this folder that listens, tells its URL, and answers what it is asked with a number. */
export async function startProcess(file: string, args: readonly string[]): Promise<BenchProcess> {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--import', 'tsx'],
  });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    async ask(what) {
      child.send(what);
      const [number] = (await once(child, 'message')) as [number];
      return number;
    },
    async end() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
