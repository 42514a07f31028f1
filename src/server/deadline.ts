import { withDeadline } from '../core/request';

/** How long one request may take in all, whatever it waits for: soon afterwards the client gives up. */
export interface Deadline {
  /**
   * Runs a step with what is left, or with less of it.
   *
   * @throws UpsolveTenantError `timeout`, and whatever the step throws.
   */
  run<Result>(step: (signal: AbortSignal) => Result | Promise<Result>, limitMs?: number): Promise<Result>;
  remainingMs(): number;
}

/** It runs on steady time, so that a clock that is set meanwhile changes nothing. */
export function startDeadline(totalMs: number): Deadline {
  const startedMs = performance.now();
  const remainingMs = (): number => Math.max(0, totalMs - (performance.now() - startedMs));
  return {
    remainingMs,
    run: (step, limitMs = Number.POSITIVE_INFINITY) =>
      withDeadline(Math.min(limitMs, remainingMs()), new AbortController().signal, async (signal) => step(signal)),
  };
}
