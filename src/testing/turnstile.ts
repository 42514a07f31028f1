/** Where requests stay open: they wait until it is opened, or until their signal aborts. */
export interface Turnstile {
  /** @throws what the signal was aborted with, unless it is ignored */
  wait(signal: AbortSignal | null | undefined, ignoresAbort: boolean): Promise<void>;
  /** Lets everyone through who waits now. */
  open(): void;
}

export function createTurnstile(): Turnstile {
  const waiting = new Set<() => void>();
  return {
    async wait(signal, ignoresAbort) {
      let pass: () => void = () => undefined;
      const passed = new Promise<void>((resolve) => {
        pass = resolve;
        waiting.add(pass);
      });
      try {
        await (ignoresAbort ? passed : raceAbort(passed, signal));
      } finally {
        waiting.delete(pass);
      }
    },
    open() {
      for (const pass of [...waiting]) pass();
    },
  };
}

/** As `fetch` does it: an abort rejects at once, whatever else is under way. */
export async function raceAbort<Result>(
  running: Promise<Result>,
  signal: AbortSignal | null | undefined,
): Promise<Result> {
  if (!signal) return await running;
  if (signal.aborted) throw reasonOf(signal);
  let handleAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    handleAbort = () => reject(reasonOf(signal));
    signal.addEventListener('abort', handleAbort);
  });
  try {
    return await Promise.race([running, aborted]);
  } finally {
    signal.removeEventListener('abort', handleAbort);
  }
}

/** Older doms abort without a reason. */
function reasonOf(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException('The operation was aborted.', 'AbortError');
}
