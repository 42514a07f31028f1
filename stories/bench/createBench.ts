import { type UpsolveTenantEvent, UpsolveTenantError } from 'react-upsolve-tenant';
import {
  type BackendErrorCode,
  createFakeBackend,
  type FakeBackend,
  type FakeBackendOptions,
} from 'react-upsolve-tenant/testing';

/** How the backend of a story answers: well, late, never, or with one error. */
export type Mood = 'ok' | 'slow' | 'hung' | BackendErrorCode;

export interface BenchOptions extends FakeBackendOptions {
  mood?: Mood | undefined;
  /** What happens before anything is asked. */
  beforeFirst?: ((bench: Bench) => void) | undefined;
  /** What happens once the first dashboard is there: so a story gets to a state as an app would. */
  afterReady?: ((bench: Bench) => void) | undefined;
}

/** What the backend grants, by the names of permissions. */
export type Flags = Readonly<Record<string, boolean>>;

/** A move of the clock, by its name in the strip. */
export type ClockMove = 'forward' | 'sleep' | 'back' | 'expire';

export interface LogLine {
  readonly id: number;
  readonly text: string;
}

/** One story's own backend and clock. The provider above the story is the real one and knows of nothing else. */
export interface Bench {
  readonly backend: FakeBackend;
  readonly fetch: typeof globalThis.fetch;
  readonly getMood: () => Mood;
  readonly setMood: (mood: Mood) => void;
  readonly moveClock: (move: ClockMove) => void;
  /** How far the page's clock has been moved, in ms. */
  readonly getMovedMs: () => number;
  /** Who is signed in: another number for each set of permissions that was granted. */
  readonly getSession: () => number;
  /** Somebody else signs in, whom the backend grants these. */
  readonly grant: (flags: Flags) => void;
  readonly noteEvent: (event: UpsolveTenantEvent) => void;
  readonly getLog: () => readonly LogLine[];
  /** The mood, the log or who is signed in changed. */
  readonly subscribe: (listener: () => void) => () => void;
}

const MINUTE = 60_000;
const SLOW_MS = 4_000;
const KEPT_LINES = 12;

export function createBench(benchOptions: BenchOptions): Bench {
  const { mood: firstMood = 'ok', beforeFirst, afterReady, ...options } = benchOptions;
  const backend = createFakeBackend(options);
  const listeners = new Set<() => void>();
  let mood: Mood = 'ok';
  let log: readonly LogLine[] = [];
  let hasBeenReady = false;
  let session = 1;
  const notify = (): void => [...listeners].forEach((listener) => listener());

  const bench: Bench = {
    backend,
    fetch: async (input, init) => {
      if (mood === 'slow') await waitUnlessAborted(SLOW_MS, init?.signal);
      return await backend.providerProps.fetch(input, init);
    },
    getMood: () => mood,
    setMood(next) {
      mood = next;
      backend.respondWith(next === 'ok' || next === 'slow' || next === 'hung' ? 200 : next);
      if (next === 'hung') backend.hang();
      else backend.release();
      notify();
    },
    moveClock(move) {
      const { clock } = backend;
      if (move === 'forward') clock.advance(5 * MINUTE);
      else if (move === 'sleep') clock.sleep(120 * MINUTE);
      else if (move === 'back') clock.set(-60 * MINUTE);
      else backend.expireNow();
    },
    getMovedMs: () => backend.clock.now() - Date.now(),
    getSession: () => session,
    grant(flags) {
      backend.setPermissions(flags);
      session += 1;
      notify();
    },
    noteEvent(event) {
      log = [...log, { id: (log.at(-1)?.id ?? 0) + 1, text: describeEvent(event) }].slice(-KEPT_LINES);
      notify();
      if (event.type !== 'status' || event.status !== 'ready' || hasBeenReady) return;
      hasBeenReady = true;
      afterReady?.(bench);
    },
    getLog: () => log,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  bench.setMood(firstMood);
  beforeFirst?.(bench);
  return bench;
}

function describeEvent(event: UpsolveTenantEvent): string {
  switch (event.type) {
    case 'request':
      return event.request === 'tenant'
        ? `POST ${event.reason === 'initial' ? '/upsolve/tenant/register' : '/upsolve/tenant/refresh-token'} (${event.reason}, attempt ${event.attempt})`
        : `GET /upsolve/permissions/tenant-settings/ (${event.reason})`;
    case 'success':
      return `answered well (${event.request})`;
    case 'failure':
      return `failed: ${event.code}${event.retryInMs === undefined ? '' : `, again in ${Math.ceil(event.retryInMs / 1_000)} s`}`;
    case 'status':
      return `${event.previous} → ${event.status}`;
    case 'handover':
      return `handover: ${event.reason}`;
    case 'permissions':
      return 'permissions changed';
    default:
      return event.type;
  }
}

async function waitUnlessAborted(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new UpsolveTenantError('aborted'));
    });
  });
}
