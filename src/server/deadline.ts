import { UpsolveTenantError } from '../core/errors';
import { type Eventual, isPromiseLike } from './eventual';

/** How long one request may take in all, whatever it waits for: soon afterwards the client gives up. */
export interface Deadline {
  /**
   * Waits for a step, for as long as is left or less.
   *
   * @throws UpsolveTenantError `timeout`, or what `describeLate` makes of it, and whatever the step throws.
   */
  run<Result>(step: () => Eventual<Result>, limitMs?: number, describeLate?: () => UpsolveTenantError): Promise<Result>;
  remainingMs(): number;
}

/** It runs on steady time, so that a clock that is set meanwhile changes nothing. */
export function startDeadline(totalMs: number): Deadline {
  const startedMs = performance.now();
  const remainingMs = (): number => Math.max(0, totalMs - (performance.now() - startedMs));
  return {
    remainingMs,
    run: (step, limitMs = Number.POSITIVE_INFINITY, describeLate) =>
      waitFor(step, Math.min(limitMs, remainingMs()), describeLate),
  };
}

/**
 * Waits for a step, but no longer than this. What it does after its time is nobody's any more.
 *
 * @throws UpsolveTenantError `timeout`, or what `describeLate` makes of it, and whatever the step throws.
 */
export async function waitFor<Result>(
  step: () => Eventual<Result>,
  ms: number,
  describeLate: () => UpsolveTenantError = () => new UpsolveTenantError('timeout'),
): Promise<Result> {
  const running = step();
  if (!isPromiseLike(running)) return running;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(describeLate()), ms);
    const settle =
      <Value>(end: (value: Value) => void) =>
      (value: Value): void => {
        clearTimeout(timer);
        end(value);
      };
    running.then(settle(resolve), settle(reject));
  });
}
