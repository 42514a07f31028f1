import { UpsolveTenantError, type UpsolveTenantErrorCode } from './errors';
import type { UpsolveTenantEvent } from './events';
import { parseThrown } from './failure';
import { parsePermissions, READ_ONLY, type UpsolvePermissions } from './permissions';
import { type RequestReason, retryDelayMs } from './schedule';

export interface PermissionRequestParts {
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

/** After these the token allows nothing but reading: a 401 that says of no token that it has ended, or a 403. */
const REFUSALS: readonly UpsolveTenantErrorCode[] = ['unauthenticated', 'forbidden', 'origin_not_allowed'];

/** Asks what a token allows, again after failures, and never lets any answer touch the token. */
export function createPermissionRequests(parts: PermissionRequestParts) {
  const { now, tell } = parts;
  let flight: { readonly controller: AbortController; readonly token: string } | null = null;
  let due: { readonly atMs: number; readonly token: string } | null = null;
  let failureCount = 0;
  let isExpiryTold = false;

  async function request(token: string, reason: RequestReason): Promise<void> {
    stop();
    const mine = { controller: new AbortController(), token };
    flight = mine;
    const attempt = failureCount + 1;
    const told = { request: 'permissions', reason, attempt } as const;
    const startedMs = now();
    tell({ type: 'request', ...told });
    let permissions: UpsolvePermissions | undefined;
    let error: UpsolveTenantError | undefined;
    try {
      permissions = parsePermissions(await parts.send(token, reason, attempt, mine.controller.signal));
      if (!permissions) error = new UpsolveTenantError('invalid_response');
    } catch (thrown) {
      error = parseThrown(thrown);
    }
    if (flight !== mine) return;
    flight = null;
    const durationMs = now() - startedMs;
    if (permissions) {
      failureCount = 0;
      isExpiryTold = false;
      parts.onPermissions(permissions);
      tell({ type: 'success', ...told, durationMs });
    } else if (error) {
      const retryInMs = fail(error, token);
      tell({ type: 'failure', ...told, durationMs, code: error.code, ...(retryInMs !== undefined && { retryInMs }) });
    }
    parts.onChange();
  }

  /** Returns in how many ms it is asked again. A token that ended is told once; then only time can help. */
  function fail({ code, retryable, retryAfterMs }: UpsolveTenantError, token: string): number | undefined {
    failureCount += 1;
    if (REFUSALS.includes(code)) parts.onPermissions(READ_ONLY);
    const isExpired = code === 'token_expired';
    if (isExpired && !isExpiryTold) {
      isExpiryTold = true;
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
    /** Asks for a new token. It settles with the first answer, good or not, and never rejects. */
    ask(token: string): Promise<void> {
      failureCount = 0;
      return request(token, 'initial');
    },
    /** Asks again if that is due. */
    step(): void {
      if (!due || due.atMs > now()) return;
      if (parts.isInUse(due.token)) void request(due.token, 'retry');
      else stop();
    },
    /** Steady time of the next attempt; null while none is planned. */
    getDueAt: (): number | null => due?.atMs ?? null,
    /** Ends a request under way; it is due again at once. */
    halt(): void {
      if (!flight) return;
      const { token } = flight;
      stop();
      due = { atMs: now(), token };
    },
    /** Ends it for good: an answer brought permissions of its own, or the token was dropped. */
    stop: (): void => stop(),
  };
}
