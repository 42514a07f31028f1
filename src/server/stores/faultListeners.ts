/** Whoever hears of what a store notices by itself. */
export interface FaultListeners {
  readonly onFault: (listener: (thrown: unknown) => void) => void;
  /** Answers false where it told nobody: there is no listener, or less than a minute has passed since the last time. */
  readonly tell: (describe: () => unknown) => boolean;
}

/** One lost server costs a store all its connections at once, and full memory an entry with each write. */
const PAUSE_MS = 60_000;

/** Tells of a store's faults, at most once a minute. */
export function createFaultListeners(): FaultListeners {
  const listeners: ((thrown: unknown) => void)[] = [];
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return {
    onFault: (listener) => void listeners.push(listener),
    tell(describe) {
      const nowMs = performance.now();
      if (listeners.length === 0 || nowMs - toldAtMs < PAUSE_MS) return false;
      toldAtMs = nowMs;
      const thrown = describe();
      for (const listener of listeners) listener(thrown);
      return true;
    },
  };
}
