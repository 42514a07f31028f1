import { createAnnouncer } from './announcer';
import type { Clock } from './clock';
import { UpsolveTenantError } from './errors';
import type { UpsolveTenantEvent } from './events';
import { guarded } from './guarded';
import { createHeartbeat } from './heartbeat';
import { createKnownTokens } from './knownTokens';
import { createListeners } from './listeners';
import type { EngineOptions } from './options';
import { earliest } from './plan';
import { createRefreshQueue } from './refreshQueue';
import { createRequestTurns } from './requestTurns';
import { createServerTime } from './serverTime';
import { createSnapshot, isSameSnapshot, type TenantSnapshot } from './snapshot';
import { createSteadyClock } from './steadyClock';
import { createTenancy } from './tenancy';
import type { Tenancy, TenancyParts, TenantTarget } from './tenancyContract';
import type { RefreshOutcome, TenantSource } from './tenantSource';
import type { UpsolveTenant } from './tenant';

/** Keeps the token of one tenant at a time. It runs between `start` and `stop`, and holds one timer at rest. */
export interface TenantEngine extends TenantSource {
  /** Runs for this tenant; null: idle. Another identity than before is a switch: everything of it is gone at once. */
  start(target: TenantTarget | null): void;
  /** Rule 10: deferred by a macrotask, so that a start with the same identity costs nothing; the token is kept. */
  stop(): void;
  /** Rule 11: something says that time may have passed, or that the network is back. */
  wake(): void;
  setVisible(isVisible: boolean): void;
  /** The page goes into the back/forward cache: until a wake it holds no token and asks nothing. */
  freeze(): void;
  /** Tells the app of something that happened beside the engine. */
  readonly tell: (event: UpsolveTenantEvent) => void;
  /** Rule 12: another tab has cleared the same session. */
  clearFromOtherTab(): void;
}

export interface EngineParts {
  readonly clock: Clock;
  readonly readOptions: () => EngineOptions;
  readonly carrier: TenancyParts['carrier'];
  /** `clear()` was called here: rule 12 tells the other tabs. */
  readonly onClear: () => void;
}

export function createEngine(parts: EngineParts): TenantEngine {
  const { clock } = parts;
  const now = createSteadyClock(clock);
  const monotonicNow = (): number => clock.monotonicNow();
  const turns = createRequestTurns(monotonicNow);
  const announcer = createAnnouncer(parts.readOptions);
  const heartbeat = createHeartbeat(beat);
  const { tell } = announcer;
  const listeners = createListeners();
  const outcomeListeners = createListeners<[outcome: RefreshOutcome]>();
  const lasting = { now, turns, knownTokens: createKnownTokens(), serverTime: createServerTime(monotonicNow, now) };
  const tenancyParts = { ...parts, ...lasting, tell, onOutcome: outcomeListeners.tell, onChange: handleChange };
  const queue = createRefreshQueue({
    now,
    monotonicNow,
    turns,
    isAsking: () => tenancy?.isAsking() ?? false,
    ask: () => tenancy?.ask('manual') ?? rejectAborted(),
    onChange: handleChange,
  });
  let state: 'stopped' | 'running' | 'frozen' = 'stopped';
  let stopping: ReturnType<typeof setTimeout> | undefined;
  let target: TenantTarget | null = null;
  let tenancy: Tenancy | null = null;
  let hasBegun = false;
  let snapshot: TenantSnapshot = createSnapshot('idle', null);
  let published = snapshot;
  let isAnnouncing = false;

  function getSnapshot(): TenantSnapshot {
    const next = tenancy?.getSnapshot() ?? createSnapshot('idle', null);
    snapshot = isSameSnapshot(snapshot, next) ? snapshot : next;
    return snapshot;
  }

  function beat(): void {
    if (state !== 'running' || stopping !== undefined) return;
    tenancy?.step();
    // After it: who waits for a turn joins what has just begun.
    queue.step();
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
    let told: TenantSnapshot;
    do {
      told = getSnapshot();
      const subject = tenancy;
      announcer.announce(told, (signIn) => subject?.awaitSignIn(signIn));
    } while (getSnapshot() !== told);
    isAnnouncing = false;
  }

  function arm(): void {
    const dueAt = earliest(tenancy?.getDueAt(), queue.getDueAt());
    heartbeat.arm(state === 'running' && dueAt !== null ? dueAt - now() : null);
  }

  /** Rule 9: everything of the former one is gone before this returns. */
  function replaceTenancy(): void {
    tenancy?.end();
    queue.drop();
    tenancy = target && createTenancy({ ...tenancyParts, target });
  }

  function refresh(): Promise<UpsolveTenant> {
    return state === 'running' && tenancy ? queue.refresh() : rejectAborted();
  }

  function wake(): void {
    if (state === 'frozen') state = 'running';
    if (state !== 'running') return;
    tenancy?.wake();
    beat();
  }

  return {
    getSnapshot,
    tell: announcer.tell,
    subscribe: listeners.subscribe,
    subscribeToOutcomes: (listener) => outcomeListeners.subscribe((outcome) => void guarded(() => listener(outcome))),
    refresh,
    retry: () => void refresh(),
    clear() {
      replaceTenancy();
      announcer.tell({ type: 'clear', origin: 'here' });
      parts.onClear();
      handleChange();
    },
    start(next) {
      clearTimeout(stopping);
      stopping = undefined;
      const isSwitch = next?.identity !== target?.identity;
      if (state !== 'frozen') state = 'running';
      if (isSwitch) {
        target = next;
        const waiting = hasBegun ? undefined : parts.readOptions().initialTenant;
        replaceTenancy();
        tenancy?.begin(waiting);
        hasBegun = true;
      }
      beat();
    },
    stop() {
      clearTimeout(stopping);
      stopping = setTimeout(() => {
        stopping = undefined;
        state = 'stopped';
        queue.drop();
        tenancy?.halt();
        handleChange();
      });
    },
    wake,
    setVisible(isVisible) {
      heartbeat.setVisible(isVisible);
      // A page on its way into the back/forward cache may still say that it is visible.
      if (isVisible && state !== 'frozen') wake();
      else arm();
    },
    freeze() {
      if (state !== 'running') return;
      state = 'frozen';
      queue.drop();
      tenancy?.freeze();
      handleChange();
    },
    clearFromOtherTab() {
      if (!tenancy || getSnapshot().status === 'idle') return;
      queue.drop();
      tenancy.lose(new UpsolveTenantError('unauthenticated'));
      announcer.tell({ type: 'clear', origin: 'other_tab' });
      handleChange();
    },
  };
}

function rejectAborted(): Promise<never> {
  const rejected = Promise.reject(new UpsolveTenantError('aborted'));
  rejected.catch(() => undefined);
  return rejected;
}
