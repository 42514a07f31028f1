import { UpsolveTenantError } from './errors';
import { createRefreshTurns } from './refreshTurns';
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
  /** Whether requests can be made yet: a component may ask before the provider's first effect has run. */
  readonly canAsk: () => boolean;
  readonly isAsking: () => boolean;
  readonly ask: () => Promise<UpsolveTenant>;
  readonly onChange: () => void;
}

interface Waiting {
  readonly atMs: number;
  readonly promise: Promise<UpsolveTenant>;
  readonly resolve: (tenant: UpsolveTenant | Promise<UpsolveTenant>) => void;
  readonly reject: (error: UpsolveTenantError) => void;
}

export function createRefreshQueue(parts: RefreshQueueParts): RefreshQueue {
  const turns = createRefreshTurns();
  let waiting: Waiting | null = null;

  function wait(delayMs: number): Promise<UpsolveTenant> {
    let resolve!: Waiting['resolve'];
    let reject!: Waiting['reject'];
    const promise = new Promise<UpsolveTenant>((onResolve, onReject) => {
      resolve = onResolve;
      reject = onReject;
    });
    promise.catch(() => undefined);
    waiting = { atMs: parts.now() + delayMs, promise, resolve, reject };
    parts.onChange();
    return promise;
  }

  return {
    refresh() {
      if (parts.isAsking()) return parts.ask();
      if (waiting) return waiting.promise;
      if (!parts.canAsk()) return wait(0);
      const delayMs = turns.take(parts.now());
      return delayMs > 0 ? wait(delayMs) : parts.ask();
    },
    step() {
      const mine = waiting;
      if (!mine || !(parts.isAsking() || mine.atMs <= parts.now())) return;
      waiting = null;
      if (!parts.isAsking()) turns.take(parts.now());
      mine.resolve(parts.ask());
    },
    getDueAt: () => waiting?.atMs ?? null,
    drop() {
      waiting?.reject(new UpsolveTenantError('aborted'));
      waiting = null;
    },
  };
}
