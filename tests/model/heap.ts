import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const nextTurn = globalThis.setImmediate;

/** What is still held after everything else was collected, in bytes. Node needs no flag for it. */
export async function measureHeap(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = (globalThis.gc ?? runInNewContext('gc')) as () => void;
  // Twice, with a turn between: what a finalizer lets go is gone too.
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise<void>((resolve) => nextTurn(resolve));
  }
  return process.memoryUsage().heapUsed;
}
