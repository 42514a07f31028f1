import { withDeadline } from '../core/request';
import { rethrowSignal } from './faults';
import type { TenantStore } from './stores/TenantStore';

/**
 * The one clock by which this backend judges and writes ends. With a store that tells its time it is the store's, so that
 * an end in a record means the same to every process; else it is this process's own.
 */
export interface SharedClock {
  /** Now, in ms since 1970: never less than the store's time, so that no token seems to have more left than it has. */
  readonly now: () => number;
  /** Now at its earliest, to count an end from; it differs from `now` by what the store took to tell its time. */
  readonly earliest: () => number;
  /** How far the first sync moved this clock. What was measured before is off by as much. */
  readonly movedMs: () => number;
  /**
   * Asks the store for its time where that is due. Undefined where there is nothing to wait for.
   *
   * @throws what the store threw, while it has never told its time; afterwards the last known difference goes on.
   */
  readonly sync: () => Promise<void> | undefined;
}

export interface SharedClockOptions {
  readonly store: Pick<TenantStore, 'now'>;
  /** This process's own wall time in ms. */
  readonly now: () => number;
  /** Time in ms that can't be set. @default performance.now */
  readonly monotonicNow?: () => number;
  /** How long the store may take. */
  readonly timeoutMs: number;
  readonly onFault: (thrown: unknown) => void;
}

/** The store is asked again after this, and after up to as much again, so that processes don't ask together. */
const SYNC_MS = 30_000;
/** How soon a store that failed is asked again: where its time isn't known, nothing is read or written till then. */
const RETRY_MS = { known: 5_000, unknown: 1_000 };

interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

export function createSharedClock(options: SharedClockOptions): SharedClock {
  const { store, now, timeoutMs, onFault, monotonicNow = () => performance.now() } = options;
  let told: { readonly storeMs: number; readonly tookMs: number; readonly asked: Moment } | undefined;
  let movedMs = 0;
  let lastAsked: { readonly moment: Moment; readonly pauseMs: number; readonly failure?: unknown } | undefined;
  let asking: Promise<void> | undefined;

  const read = (): Moment => ({ wallMs: now(), monotonicMs: monotonicNow() });

  /** Wall time sees a machine's sleep, monotonic time sees through a clock that was set back. */
  const sinceMs = ({ wallMs, monotonicMs }: Moment): number =>
    Math.max(now() - wallMs, monotonicNow() - monotonicMs, 0);

  async function ask(): Promise<void> {
    const asked = read();
    try {
      const storeMs = await withDeadline(timeoutMs, new AbortController().signal, async () => store.now?.());
      if (!Number.isFinite(storeMs)) throw new TypeError('The store told a time that is no number.');
      const isFirst = !told;
      told = { storeMs: storeMs as number, tookMs: monotonicNow() - asked.monotonicMs, asked };
      if (isFirst) movedMs = latest() - now();
      lastAsked = { moment: asked, pauseMs: SYNC_MS * (1 + Math.random()) };
    } catch (thrown) {
      rethrowSignal(thrown);
      // Before that the caller has it.
      if (told) onFault(thrown);
      lastAsked = { moment: read(), pauseMs: told ? RETRY_MS.known : RETRY_MS.unknown, failure: thrown };
    }
  }

  async function settle(running: Promise<void> | undefined): Promise<void> {
    await running;
    if (!told) throw lastAsked?.failure;
  }

  const latest = (): number => (told ? told.storeMs + sinceMs(told.asked) : now());

  return {
    now: latest,
    earliest: () => latest() - (told?.tookMs ?? 0),
    movedMs: () => movedMs,
    sync() {
      if (!store.now) return undefined;
      const isDue = !lastAsked || sinceMs(lastAsked.moment) >= lastAsked.pauseMs;
      if (isDue) asking ??= ask().finally(() => (asking = undefined));
      return asking || !told ? settle(asking) : undefined;
    },
  };
}
