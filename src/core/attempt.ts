import type { Clock } from './clock';
import { UpsolveTenantError } from './errors';
import type { RequestReason } from './events';
import { parseThrown } from './judgeFailure';
import type { ReceivedAnswer } from './readResponse';
import type { ResolvedOptions } from './resolveOptions';
import type { SteadyClock } from './steadyClock';
import { type JudgedAnswer, judgeInitialTenant, type TenantHolder } from './tenantHolder';

/** How an attempt ended. */
export type AttemptOutcome =
  | { readonly kind: 'judged'; readonly judged: JudgedAnswer; readonly options: ResolvedOptions }
  /** `hasFloor`: the server did answer, but with nothing acceptable, so asking soon would be a storm. */
  | { readonly kind: 'failed'; readonly error: UpsolveTenantError; readonly hasFloor: boolean };

/** What an attempt is told by its tenancy. */
export interface Attempt {
  readonly reason: RequestReason;
  /** From 1, in a row. */
  readonly number: number;
  /** The first endpoint has answered once, so later requests go to the other one. */
  readonly isRegistered: boolean;
  readonly signal: AbortSignal;
}

export interface AttemptParts {
  readonly now: SteadyClock;
  readonly holder: TenantHolder;
  /** @throws UpsolveTenantError for an option that is refused. */
  readonly readOptions: () => ResolvedOptions;
  readonly send: (options: ResolvedOptions, attempt: Attempt) => Promise<ReceivedAnswer>;
}

/** Rule 3: a token that had ended before it came is asked for once more, at once. */
export async function runAttempt(parts: AttemptParts, attempt: Attempt): Promise<AttemptOutcome> {
  for (let round = 1; ; round += 1) {
    const sentAtMs = parts.now();
    let options: ResolvedOptions;
    let received: ReceivedAnswer;
    try {
      options = parts.readOptions();
      received = await parts.send(options, { ...attempt, isRegistered: attempt.isRegistered || round > 1 });
    } catch (thrown) {
      return { kind: 'failed', error: parseThrown(thrown), hasFloor: false };
    }
    try {
      const judged = parts.holder.judge(received, sentAtMs);
      if (judged.judgement.kind !== 'dead') return { kind: 'judged', judged, options };
      if (round > 1) throw new UpsolveTenantError('token_expired_on_arrival');
    } catch (thrown) {
      return { kind: 'failed', error: parseThrown(thrown), hasFloor: true };
    }
  }
}

/** An answer that the server already fetched, as if asked for just now; undefined where a request must be made. */
export function judgeInitial(
  { clock, now, readOptions }: Pick<AttemptParts, 'now' | 'readOptions'> & { readonly clock: Clock },
  tenantId: string | undefined,
  initialTenant: unknown,
): AttemptOutcome | undefined {
  if (initialTenant === undefined) return undefined;
  try {
    const options = readOptions();
    const judged = judgeInitialTenant(initialTenant, tenantId, clock, now);
    return judged && { kind: 'judged', judged, options };
  } catch {
    // An option or the answer is refused: the request says which option, and brings a better answer.
    return undefined;
  }
}
