import { UpsolveTenantError } from './errors';
import type { RequestTurns } from './requestTurns';
import type { SteadyClock } from './steadyClock';
import type { UpsolveTenant } from './tenant';

const BURST = 3;
const INTERVAL_MS = 5_000;

/**
 * `refresh()` for any number of callers: three requests at once, then one every 5 s. One caller waits its turn, the others
 * wait with it.
 */
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
  readonly now: SteadyClock;
  readonly monotonicNow: () => number;
  /** Of the page: whatever else it asks counts there too. */
  readonly turns: RequestTurns;
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
  /** The field's name for this is a leaky bucket, kept as the moment of monotonic time by which it has drained. */
  let drainedAtMs = Number.NEGATIVE_INFINITY;

  const waitMs = (): number =>
    Math.max(turns.waitMs(), drainedAtMs - (BURST - 1) * INTERVAL_MS - parts.monotonicNow(), 0);

  function ask(): Promise<UpsolveTenant> {
    if (!parts.isAsking()) drainedAtMs = Math.max(drainedAtMs, parts.monotonicNow()) + INTERVAL_MS;
    return parts.ask();
  }

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
      if (parts.isAsking()) return ask();
      if (waiting) return waiting.promise;
      return waitMs() === 0 ? ask() : wait();
    },
    step() {
      const mine = waiting;
      if (!mine || !(parts.isAsking() || waitMs() === 0)) return;
      waiting = null;
      mine.resolve(ask());
    },
    getDueAt: () => waiting && parts.now() + waitMs(),
    drop() {
      waiting?.reject(new UpsolveTenantError('aborted'));
      waiting = null;
    },
  };
}
