import { startProcess } from './startProcess';

/** Who answers: the package's handler on a store, or an app that does nothing but answer, or ask and answer. */
export type Side = 'memory' | 'SQLite' | 'PostgreSQL' | 'Redis' | 'bare Hono' | 'bare Hono, one upstream call';

export interface BenchBackend {
  readonly url: string;
  /** What has happened since it was asked last. */
  takeCounts(): Promise<Counts>;
  close(): Promise<void>;
}

export interface Counts {
  readonly upsolveCalls: number;
  readonly faults: number;
}

/** A backend as an app runs it, and its Upsolve, each a process: what loads it takes nothing of its time. */
export async function startBackend(side: Side): Promise<BenchBackend> {
  const upsolve = await startProcess('./upsolveProcess.ts', []);
  const backend = await startProcess('./backendProcess.ts', [side, upsolve.url]);
  return {
    url: backend.url,
    async takeCounts() {
      const [upsolveCalls, faults] = await Promise.all([upsolve.ask('count'), backend.ask('count')]);
      return { upsolveCalls, faults };
    },
    async close() {
      await backend.ask('close');
      await Promise.all([backend.end(), upsolve.end()]);
    },
  };
}
