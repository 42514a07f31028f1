import { isUpsolveTenantError, UpsolveTenantError } from './errors';
import type { RequestReason, UpsolveTenantEvent } from './events';
import { parseThrown } from './judgeFailure';
import { parsePermissions, READ_ONLY, type UpsolvePermissions } from './permissions';
import { retryDelayMs } from './schedule';

/** Asks what a token allows, again after failures, and never lets any answer touch the token. */
export interface PermissionsLoop {
  /** Asks for a new token. It settles with the first answer, good or not, and never rejects. */
  ask(token: string): Promise<void>;
  /** Asks again if that is due. */
  step(): void;
  /** Steady time of the next attempt; null while none is planned. */
  getDueAt(): number | null;
  /** Ends a request under way; it is due again at once. */
  halt(): void;
  /** Ends it for good: an answer brought permissions of its own, or the token was dropped. */
  stop(): void;
}

export interface PermissionsLoopParts {
  readonly now: () => number;
  readonly random: () => number;
  readonly tell: (event: UpsolveTenantEvent) => void;
  /** One request, with its deadline. */
  readonly send: (token: string, reason: RequestReason, attempt: number, signal: AbortSignal) => Promise<unknown>;
  /** Whether the token is still in use: of one that has ended nothing more is asked. */
  readonly isInUse: (token: string) => boolean;
  readonly onPermissions: (permissions: UpsolvePermissions) => void;
  /** The backend says that the token has ended: worth one refresh. */
  readonly onTokenExpired: (token: string) => void;
  readonly onChange: () => void;
}

export function createPermissionsLoop(parts: PermissionsLoopParts): PermissionsLoop {
  const { now, tell } = parts;
  let flight: { readonly controller: AbortController; readonly token: string } | null = null;
  let due: { readonly atMs: number; readonly token: string } | null = null;
  let failureCount = 0;
  let isExpiryReported = false;

  async function request(token: string, reason: RequestReason): Promise<void> {
    stop();
    const mine = { controller: new AbortController(), token };
    flight = mine;
    const told = { request: 'permissions', reason, attempt: failureCount + 1 } as const;
    const startedMs = now();
    tell({ type: 'request', ...told });
    const outcome = await answer(token, reason, mine.controller.signal);
    if (flight !== mine) return;
    flight = null;
    const durationMs = now() - startedMs;
    if (isUpsolveTenantError(outcome)) {
      const retryInMs = conclude(outcome, token);
      tell({ type: 'failure', ...told, durationMs, code: outcome.code, ...(retryInMs !== undefined && { retryInMs }) });
    } else {
      failureCount = 0;
      isExpiryReported = false;
      parts.onPermissions(outcome);
      tell({ type: 'success', ...told, durationMs });
    }
    parts.onChange();
  }

  async function answer(
    token: string,
    reason: RequestReason,
    signal: AbortSignal,
  ): Promise<UpsolvePermissions | UpsolveTenantError> {
    try {
      const body = await parts.send(token, reason, failureCount + 1, signal);
      return parsePermissions(body) ?? new UpsolveTenantError('invalid_response');
    } catch (thrown) {
      return parseThrown(thrown);
    }
  }

  /** Returns in how many ms it is asked again. A token that ended is reported once; then only time can help. */
  function conclude({ code, retryable, retryAfterMs }: UpsolveTenantError, token: string): number | undefined {
    failureCount += 1;
    if (code === 'unauthenticated' || code === 'forbidden') parts.onPermissions(READ_ONLY);
    const isExpired = code === 'token_expired';
    if (isExpired && !isExpiryReported) {
      isExpiryReported = true;
      parts.onTokenExpired(token);
    }
    if (!retryable && !isExpired) return undefined;
    const circumstances = { failureCount, hasUsableToken: false, retryAfterMs, hasFloor: isExpired };
    const delayMs = retryDelayMs(circumstances, parts.random);
    due = { atMs: now() + delayMs, token };
    return delayMs;
  }

  function stop(): void {
    flight?.controller.abort();
    flight = null;
    due = null;
  }

  return {
    ask(token) {
      failureCount = 0;
      return request(token, 'initial');
    },
    step() {
      if (!due || due.atMs > now()) return;
      if (parts.isInUse(due.token)) void request(due.token, 'retry');
      else stop();
    },
    getDueAt: () => due?.atMs ?? null,
    halt() {
      if (!flight) return;
      const { token } = flight;
      stop();
      due = { atMs: now(), token };
    },
    stop,
  };
}
