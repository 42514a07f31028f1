import { createTokenMemory } from './acceptance';
import { UpsolveTenantError } from './errors';
import { createAnnouncer, createListeners, type TenantCallbacks, type UpsolveTenantEvent } from './events';
import { createLife, type Life, type LifeParts } from './life';
import type { RequestOptions, TenantTarget } from './options';
import { createCeiling, createSteadyClock, TICK_MS } from './schedule';
import {
  createSnapshot,
  IDLE,
  reuseSnapshot,
  type TenantSnapshot,
  type TenantSource,
  type UpsolveTenant,
} from './snapshot';

/** Keeps the token of one tenant at a time. It runs between `start` and `stop`, and holds one timer at rest. */
export interface TenantEngine extends TenantSource {
  /** Runs for this tenant; null: idle. Another identity than before is a switch: everything of it is gone at once. */
  readonly start: (target: TenantTarget | null) => void;
  /** Deferred by a macrotask, so that a start with the same identity costs nothing; the token is kept. */
  readonly stop: () => void;
  /** Something says that time may have passed, or that the network is back. */
  readonly wake: () => void;
  readonly setVisible: (isVisible: boolean) => void;
  /** The page goes into the back/forward cache: until a wake it holds no token and asks nothing. */
  readonly freeze: () => void;
  /** Another tab, or another provider of this page, has cleared the same session. */
  readonly clearElsewhere: () => void;
  /** Tells the app of something that happened beside the engine. */
  readonly tell: (event: UpsolveTenantEvent) => void;
  /** Whether it runs, or keeps a token for when it runs again: then the page's events concern it. */
  readonly isAlive: () => boolean;
}

export interface EngineOptions extends RequestOptions, TenantCallbacks {
  /** An answer the server already fetched: counts for the first identity only. */
  initialTenant?: unknown;
}

export interface EngineParts extends Pick<LifeParts, 'clock' | 'carry' | 'onFailure'> {
  /** The newest ones, read anew at each request. */
  readonly readOptions: () => EngineOptions;
  /** `clear()` was called here: the app's other tabs are told. */
  readonly onClear: () => void;
}

export function createEngine(parts: EngineParts): TenantEngine {
  const { clock } = parts;
  const now = createSteadyClock(clock);
  const announcer = createAnnouncer(parts.readOptions);
  const listeners = createListeners();
  const { tell } = announcer;
  const lasting = { ...parts, now, tell, tokens: createTokenMemory(), onChange: handleChange };
  const lifeParts = { ...lasting, ceiling: createCeiling(() => clock.monotonicNow()) };
  let isRunning = false;
  let isFrozen = false;
  let hasBegun = false;
  let stopping: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tickMs = TICK_MS.visible;
  let target: TenantTarget | null = null;
  let life: Life | null = null;
  let snapshot: TenantSnapshot = createSnapshot(IDLE);
  let published = snapshot;
  let isAnnouncing = false;

  function getSnapshot(): TenantSnapshot {
    snapshot = reuseSnapshot(snapshot, life?.getSnapshot() ?? createSnapshot(IDLE));
    return snapshot;
  }

  const canAsk = (): boolean => isRunning && !isFrozen;

  function beat(): void {
    if (!canAsk() || stopping !== undefined) return;
    life?.step();
    handleChange();
  }

  /** Whatever changed ends here: who renders is told first, then the timer, then the app. */
  function handleChange(): void {
    if (getSnapshot() !== published) {
      published = snapshot;
      listeners.tell();
    }
    arm();
    if (isAnnouncing) return;
    isAnnouncing = true;
    let announced: TenantSnapshot;
    do {
      announced = getSnapshot();
      announcer.announce(announced);
    } while (getSnapshot() !== announced);
    isAnnouncing = false;
  }

  /** The one timer. It never waits longer than a tick, since a timer sleeps with the machine: at each beat the clock decides. */
  function arm(): void {
    clearTimeout(timer);
    const nextMs = canAsk() ? (life?.getNextMs() ?? null) : null;
    timer = nextMs === null ? undefined : setTimeout(beat, Math.min(tickMs, Math.max(0, nextMs - now())));
  }

  /** Everything of the former one is gone before this returns. */
  function replaceLife(): void {
    life?.end();
    life = target && createLife({ ...lifeParts, target });
  }

  function refresh(): Promise<UpsolveTenant> {
    if (life && canAsk()) return life.ask('manual');
    const rejected = Promise.reject<UpsolveTenant>(new UpsolveTenantError('aborted'));
    rejected.catch(() => undefined);
    return rejected;
  }

  function wake(): void {
    isFrozen = false;
    if (isRunning) life?.wake();
    beat();
  }

  return {
    getSnapshot,
    subscribe: listeners.subscribe,
    now,
    dateNow: () => clock.now(),
    tell,
    isAlive: () => (isRunning && stopping === undefined) || life?.hasToken() === true,
    refresh,
    retry: () => void refresh(),
    clear() {
      replaceLife();
      tell({ type: 'clear', origin: 'here' });
      parts.onClear();
      handleChange();
    },
    start(next) {
      clearTimeout(stopping);
      stopping = undefined;
      isRunning = true;
      const isSwitch = next?.identity !== target?.identity;
      target = next;
      if (isSwitch && next && life?.adopt(next)) announcer.rename(next.identity);
      else if (isSwitch) {
        replaceLife();
        const initialTenant = hasBegun ? undefined : parts.readOptions().initialTenant;
        hasBegun = true;
        life?.begin(initialTenant);
      }
      beat();
    },
    stop() {
      clearTimeout(stopping);
      stopping = setTimeout(() => {
        stopping = undefined;
        isRunning = false;
        // The wake that would thaw it may not reach it any more.
        isFrozen = false;
        life?.halt();
        handleChange();
      });
    },
    wake,
    setVisible(isVisible) {
      tickMs = isVisible ? TICK_MS.visible : TICK_MS.hidden;
      // A page on its way into the back/forward cache may still say that it is visible.
      if (isVisible && !isFrozen) wake();
      else arm();
    },
    freeze() {
      isFrozen = isRunning;
      life?.freeze();
      handleChange();
    },
    clearElsewhere() {
      if (!life || getSnapshot().state.status === 'idle') return;
      life.lose(new UpsolveTenantError('unauthenticated'));
      tell({ type: 'clear', origin: 'other_tab' });
      handleChange();
    },
  };
}
