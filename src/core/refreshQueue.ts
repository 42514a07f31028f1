import { UpsolveTenantError } from './errors';
import type { RequestTurns } from './requestTurns';
import type { UpsolveTenant } from './tenant';

/** `refresh()` for any number of callers: one waits its turn, the others wait with it. */
export interface RefreshQueue {
  refresh(): Promise<UpsolveTenant>;
  /** Asks if the waiting one's turn has come. */
  step(): void;
  /** Steady time of that turn; null while nobody waits. */
  getDueAt(): number | null;
  /** Who waits is told `aborted`. */
  drop(): void;
}

export interface RefreshQueueParts {
  readonly now: () => number;
  readonly turns: RequestTurns;
  /** Whether requests can be made yet: a component may ask before the provider's first effect has run. */
  readonly canAsk: () => boolean;
  readonly isAsking: () => boolean;
  readonly ask: () => Promise<UpsolveTenant>;
  readonly onChange: () => void;
}

interface Waiting {
  readonly promise: Promise<UpsolveTenant>;
  readonly resolve: (tenant: UpsolveTenant | Promise<UpsolveTenant>) => void;
  readonly reject: (error: UpsolveTenantError) => void;
}

export function createRefreshQueue(parts: RefreshQueueParts): RefreshQueue {
  const { turns } = parts;
  let waiting: Waiting | null = null;

  function wait(): Promise<UpsolveTenant> {
    let resolve!: Waiting['resolve'];
    let reject!: Waiting['reject'];
    const promise = new Promise<UpsolveTenant>((onResolve, onReject) => {
      resolve = onResolve;
      reject = onReject;
    });
    promise.catch(() => undefined);
    waiting = { promise, resolve, reject };
    parts.onChange();
    return promise;
  }

  return {
    refresh() {
      if (parts.isAsking()) return parts.ask();
      if (waiting) return waiting.promise;
      return parts.canAsk() && turns.freeAtMs() <= parts.now() ? parts.ask() : wait();
    },
    step() {
      const mine = waiting;
      if (!mine || !(parts.isAsking() || turns.freeAtMs() <= parts.now())) return;
      waiting = null;
      mine.resolve(parts.ask());
    },
    getDueAt: () => waiting && Math.max(turns.freeAtMs(), 0),
    drop() {
      waiting?.reject(new UpsolveTenantError('aborted'));
      waiting = null;
    },
  };
}
