import { afterEach, beforeEach, vi } from 'vitest';
import { createEngine, type EngineOptions, type TenantEngine } from '../../src/core/engine';
import type { UpsolveTenantError } from '../../src/core/errors';
import type { UpsolveTenantEvent } from '../../src/core/events';
import { type IdentityOptions, resolveTarget } from '../../src/core/options';
import type { Exchange } from '../../src/core/request';
import type { FetchCarrier } from '../../src/core/response';
import type { RefreshProgress, TenantSnapshot, TenantState } from '../../src/core/snapshot';
import { createTenantServer, type TenantServer, type TenantServerOptions } from './tenantServer';

export const START = Date.UTC(2030, 0, 1);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Fake time for every test of a file. */
export function useFakeTime(): void {
  beforeEach(() => void vi.useFakeTimers({ now: START }));
  afterEach(async () => {
    await settle();
    vi.clearAllTimers();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}

export type WorldOptions = EngineOptions &
  Pick<IdentityOptions, 'sessionKey'> & {
    server?: TenantServerOptions | undefined;
    carry?: FetchCarrier | undefined;
    /** How far the page's wall clock is off from true time. */
    clockOffMs?: number | undefined;
    random?: (() => number) | undefined;
  };

/** A snapshot in one piece. */
export type Moment = TenantState & RefreshProgress & Pick<TenantSnapshot, 'identity' | 'end'>;

/** What was told of an attempt that failed. */
export interface ToldFailure {
  readonly error: UpsolveTenantError;
  readonly exchange: Exchange | undefined;
}

/** An engine with its page's clock, its server, and everything it told anybody. */
export interface EngineWorld {
  readonly engine: TenantEngine;
  readonly server: TenantServer;
  /** Read anew by the engine at each request. */
  readonly options: EngineOptions & { random: () => number };
  readonly events: UpsolveTenantEvent[];
  readonly errors: { readonly error: UpsolveTenantError; readonly status: string }[];
  /** What whoever explains failures to the developer heard. */
  readonly failures: ToldFailure[];
  readonly lostSessions: UpsolveTenantError[];
  /** Every snapshot that subscribers were told of. */
  readonly published: Moment[];
  readonly clears: { count: number };
  /** The same object for as long as the snapshot is. */
  readonly now: () => Moment;
  readonly eventsOf: <Type extends UpsolveTenantEvent['type']>(
    type: Type,
  ) => Extract<UpsolveTenantEvent, { type: Type }>[];
  /** The page's clocks. */
  readonly clock: { now(): number; monotonicNow(): number };
  /** True time, which the server has. */
  readonly trueNow: () => number;
  /** Starts or switches to a tenant; null: idle. */
  readonly start: (tenantId?: string | null, more?: Partial<IdentityOptions>) => Promise<void>;
  /** Time passes and timers run. */
  readonly pass: (ms: number) => Promise<void>;
  /** The machine sleeps: wall time moves, monotonic time stands still, and no timer runs. */
  readonly sleep: (ms: number) => void;
  /** Somebody sets the page's wall clock. */
  readonly setClock: (byMs: number) => void;
  /** The page freezes: both clocks move and no timer runs. */
  readonly stall: (ms: number) => void;
}

/** The most requests that any minute saw. */
export function mostInAMinute(timesMs: readonly number[]): number {
  return Math.max(...timesMs.map((from) => timesMs.filter((at) => at >= from && at < from + MINUTE).length));
}

/** Whatever is ready in microtasks is done; no timer runs. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 60; i += 1) await Promise.resolve();
}

export function createEngineWorld(given: WorldOptions = {}): EngineWorld {
  const { server: serverOptions, carry, clockOffMs = 0, random, sessionKey, ...rest } = given;
  let sleptMs = 0;
  let stalledMs = 0;
  let setByMs = clockOffMs;
  const trueNow = (): number => Date.now() + sleptMs + stalledMs;
  const server = createTenantServer(trueNow, serverOptions);
  const clears = { count: 0 };
  const options: EngineWorld['options'] = {
    endpoint: 'https://app.example/register',
    refreshEndpoint: 'https://app.example/refresh',
    fetch: server.fetch,
    random: random ?? (() => 0),
    onEvent: (event) => void events.push(event),
    onError: (error, { status }) => void errors.push({ error, status }),
    onUnauthenticated: (error) => void lostSessions.push(error),
    ...rest,
  };
  const clock = {
    now: () => trueNow() + setByMs,
    monotonicNow: () => performance.now() + stalledMs,
    random: () => options.random(),
  };
  const events: UpsolveTenantEvent[] = [];
  const errors: EngineWorld['errors'][number][] = [];
  const lostSessions: UpsolveTenantError[] = [];
  const failures: ToldFailure[] = [];
  const published: Moment[] = [];
  const moments = new WeakMap<TenantSnapshot, Moment>();
  const engine = createEngine({
    clock,
    readOptions: () => options,
    carry: carry ?? ((_identity, fetch) => fetch()),
    onFailure: (error, exchange) => void failures.push({ error, exchange }),
    onClear: () => {
      clears.count += 1;
    },
  });
  const getMoment = (): Moment => {
    const snapshot = engine.getSnapshot();
    const { identity, state, progress, end } = snapshot;
    const moment = moments.get(snapshot) ?? { ...state, ...progress, identity, end };
    moments.set(snapshot, moment);
    return moment;
  };
  engine.subscribe(() => void published.push(getMoment()));
  return {
    engine,
    server,
    options,
    events,
    errors,
    failures,
    lostSessions,
    published,
    clears,
    clock,
    trueNow,
    now: getMoment,
    eventsOf: ((type) => events.filter((event) => event.type === type)) as EngineWorld['eventsOf'],
    start: async (tenantId: string | null = 'acme', more: Partial<IdentityOptions> = {}) => {
      engine.start(resolveTarget({ ...options, sessionKey, tenantId, ...more }));
      await settle();
    },
    pass: async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      await settle();
    },
    sleep: (ms: number) => {
      sleptMs += ms;
    },
    setClock: (byMs: number) => {
      setByMs += byMs;
    },
    stall: (ms: number) => {
      stalledMs += ms;
    },
  };
}
