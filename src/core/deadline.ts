import { UpsolveTenantError } from './errors';

/**
 * Runs something that may never end and may ignore its signal: it is raced against the clock and against `outer`, and
 * its own signal is aborted in both cases. It isn't begun where `outer` has aborted already.
 *
 * @throws UpsolveTenantError `timeout` after `timeoutMs`, `aborted` when `outer` aborts; else whatever `run` throws.
 */
export async function withDeadline<Result>(
  timeoutMs: number,
  outer: AbortSignal,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (outer.aborted) throw new UpsolveTenantError('aborted');
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let handleAbort: (() => void) | undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    const end = (error: UpsolveTenantError): void => {
      reject(error);
      controller.abort();
    };
    handleAbort = () => end(new UpsolveTenantError('aborted'));
    timer = setTimeout(() => end(new UpsolveTenantError('timeout')), timeoutMs);
    outer.addEventListener('abort', handleAbort);
  });
  try {
    return await Promise.race([ended, run(controller.signal)]);
  } finally {
    clearTimeout(timer);
    if (handleAbort) outer.removeEventListener('abort', handleAbort);
  }
}
