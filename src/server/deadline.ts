import { UpsolveTenantError } from '../core/errors';

/** How long one request may take in all, whatever it waits for: soon afterwards the client gives up. */
export interface Deadline {
  /**
   * Waits for a step, for as long as is left or less.
   *
   * @throws UpsolveTenantError `timeout`, or what `describeLate` makes of it, and whatever the step throws.
   */
  run<Result>(
    step: () => Result | Promise<Result>,
    limitMs?: number,
    describeLate?: () => UpsolveTenantError,
  ): Promise<Result>;
  remainingMs(): number;
}

/** It runs on steady time, so that a clock that is set meanwhile changes nothing. */
export function startDeadline(totalMs: number): Deadline {
  const startedMs = performance.now();
  const remainingMs = (): number => Math.max(0, totalMs - (performance.now() - startedMs));
  return {
    remainingMs,
    run: (step, limitMs = Number.POSITIVE_INFINITY, describeLate = () => new UpsolveTenantError('timeout')) =>
      waitFor(step, Math.min(limitMs, remainingMs()), describeLate),
  };
}

/** What the step does after its time is nobody's any more. */
async function waitFor<Result>(
  step: () => Result | Promise<Result>,
  ms: number,
  describeLate: () => UpsolveTenantError,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(describeLate()), ms);
  });
  try {
    return await Promise.race([step(), late]);
  } finally {
    clearTimeout(timer);
  }
}
