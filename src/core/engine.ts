import { createAnnouncer } from './announcer';
import type { Clock } from './clock';
import { UpsolveTenantError } from './errors';
import type { UpsolveTenantEvent } from './events';
import { guarded } from './guarded';
import { createHeartbeat } from './heartbeat';
import { createKnownTokens } from './knownTokens';
import type { EngineOptions } from './options';
import { createRefreshQueue } from './refreshQueue';
import { createRequestTurns } from './requestTurns';
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
  /** On a server nothing is ever asked. */
  readonly isServer: boolean;
  readonly carrier: TenancyParts['carrier'];
  /** `clear()` was called here: rule 12 tells the other tabs. */
  readonly onClear: () => void;
}

export function createEngine(parts: EngineParts): TenantEngine {
  const { clock } = parts;
  const now = createSteadyClock(clock);
  const turns = createRequestTurns(now);
  const announcer = createAnnouncer(parts.readOptions);
  const heartbeat = createHeartbeat(beat);
  const { tell } = announcer;
  const lasting = { now, turns, knownTokens: createKnownTokens() };
  const tenancyParts = { ...parts, ...lasting, tell, onOutcome, onChange: handleChange };
  const listeners = new Set<() => void>();
  const outcomeListeners = new Set<(outcome: RefreshOutcome) => void>();
  const queue = createRefreshQueue({
    now,
    turns,
    canAsk: () => state !== 'new',
    isAsking: () => tenancy?.isAsking() ?? false,
    ask: () => tenancy?.ask('manual') ?? rejectAborted(),
    onChange: handleChange,
  });
  let state: 'new' | 'running' | 'stopped' | 'frozen' = 'new';
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
    if (state !== 'running') return;
    queue.step();
    tenancy?.step();
    handleChange();
  }

  /** Whatever changed ends here: who renders is told first, then the timer, then the app. */
  function handleChange(): void {
    if (getSnapshot() !== published) {
      published = snapshot;
      for (const listener of [...listeners]) listener();
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
    const due = [tenancy?.getDueAt(), queue.getDueAt()].filter((moment) => moment != null);
    const isWatching = state === 'running' && (snapshot.status === 'ready' || due.length > 0);
    heartbeat.arm(isWatching ? Math.min(...due) - now() : null);
  }

  /** Rule 9: everything of the former one is gone before this returns. */
  function replaceTenancy(): void {
    tenancy?.end();
    if (tenancy) queue.drop();
    tenancy = target && createTenancy({ ...tenancyParts, target });
  }

  function onOutcome(outcome: RefreshOutcome): void {
    for (const listener of [...outcomeListeners]) guarded(() => listener(outcome));
  }

  function refresh(): Promise<UpsolveTenant> {
    const canWait = state === 'new' && !parts.isServer;
    return canWait || (state === 'running' && tenancy) ? queue.refresh() : rejectAborted();
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
    subscribe: (listener) => subscribe(listeners, listener),
    subscribeToOutcomes: (listener) => subscribe(outcomeListeners, listener),
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
      const isSwitch = state === 'new' || next?.identity !== target?.identity;
      if (state !== 'frozen') state = 'running';
      if (isSwitch) {
        target = next;
        const waiting = hasBegun ? undefined : parts.readOptions().initialTenant;
        replaceTenancy();
        tenancy?.begin(waiting);
        hasBegun ||= target !== null;
      }
      beat();
    },
    stop() {
      clearTimeout(stopping);
      stopping = setTimeout(() => {
        state = 'stopped';
        queue.drop();
        tenancy?.halt();
        handleChange();
      });
    },
    wake,
    setVisible(isVisible) {
      heartbeat.setVisible(isVisible);
      if (isVisible) wake();
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

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function rejectAborted(): Promise<never> {
  const rejected = Promise.reject(new UpsolveTenantError('aborted'));
  rejected.catch(() => undefined);
  return rejected;
}
