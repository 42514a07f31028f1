import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface BenchUpsolve {
  readonly url: string;
  /** How often it was asked for a token. */
  countCalls(): Promise<number>;
  close(): void;
}

export async function startUpsolve(): Promise<BenchUpsolve> {
  const file = fileURLToPath(new URL('fakeUpsolve.ts', import.meta.url));
  const child = fork(file, { execArgv: ['--import', 'tsx'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    countCalls: async () => ((await (await fetch(url)).json()) as { calls: number }).calls,
    close: () => void child.kill(),
  };
}
