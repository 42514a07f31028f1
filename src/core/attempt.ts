import { UpsolveTenantError } from './errors';
import type { UpsolveTenantEvent } from './events';
import { parseThrown } from './failure';
import { type RequestOptions, resolveOptions, type ResolvedOptions } from './options';
import type { ReceivedAnswer } from './response';
import type { Ceiling, RequestReason, SendBudget } from './schedule';
import type { UpsolveTenant } from './snapshot';

/** What an attempt is told when it begins. */
export interface Attempt {
  readonly reason: RequestReason;
  /** Attempt number in this streak, from 1. */
  readonly number: number;
  /** Aborted when it is given up. */
  readonly signal: AbortSignal;
}

/** What an attempt amounts to. */
export type AttemptResult =
  | { readonly tenant: UpsolveTenant }
  /** `retryInMs`: when another one follows by itself. */
  | { readonly error: UpsolveTenantError; readonly retryInMs?: number };

export interface AttemptParts<Outcome> {
  readonly now: () => number;
  readonly ceiling: Ceiling;
  readonly tell: (event: UpsolveTenantEvent) => void;
  readonly getNumber: () => number;
  /** Asks the backend. It never rejects. */
  readonly request: (attempt: Attempt) => Promise<Outcome>;
  /** Takes what came in. */
  readonly conclude: (outcome: Outcome) => AttemptResult;
  /** Something changed that the page or the timer must know. */
  readonly onChange: () => void;
}

interface Flight {
  readonly reason: RequestReason;
  readonly controller: AbortController;
  readonly promise: Promise<UpsolveTenant>;
  readonly resolve: (tenant: UpsolveTenant) => void;
  readonly reject: (error: UpsolveTenantError) => void;
  readonly hasBegun: boolean;
}

/** One attempt at a time: who asks meanwhile joins it. It waits its turn under the ceiling, and can be given up. */
export function createAttempts<Outcome>(parts: AttemptParts<Outcome>) {
  const { now, tell, ceiling } = parts;
  let flight: Flight | null = null;
  let isFirst = true;
  let isOver = false;

  /** Begins what waits, if its turn has come. */
  function step(): void {
    if (!flight || flight.hasBegun || ceiling.waitMs(isFirst) > 0) return;
    ceiling.take(isFirst);
    isFirst = false;
    const mine: Flight = { ...flight, hasBegun: true };
    flight = mine;
    // Not in the caller's own moment: who gives up in it has sent nothing.
    void Promise.resolve().then(() => fly(mine));
  }

  async function fly(mine: Flight): Promise<void> {
    if (flight !== mine) return;
    const { reason, controller } = mine;
    const number = parts.getNumber();
    const about = { request: 'tenant', reason, attempt: number } as const;
    const startedMs = now();
    tell({ type: 'request', ...about });
    const outcome = await parts.request({ reason, number, signal: controller.signal });
    // Given up meanwhile, as by a switch, a stop or `clear()`: what came then is nobody's.
    if (flight !== mine) return;
    // Closed before anybody hears of it, so that a callback may ask again.
    flight = null;
    const result = parts.conclude(outcome);
    const durationMs = now() - startedMs;
    if ('tenant' in result) tell({ type: 'success', ...about, durationMs });
    else {
      const { error, ...next } = result;
      tell({ type: 'failure', ...about, durationMs, code: error.code, ...next });
    }
    parts.onChange();
    // A page renders what it was told in its next microtask: where the app clears or switches there, nobody is told.
    await Promise.resolve();
    if (isOver) mine.reject(new UpsolveTenantError('aborted'));
    else if ('tenant' in result) mine.resolve(result.tenant);
    else mine.reject(result.error);
  }

  return {
    /** Joins the attempt under way, or puts one on record that begins with its turn. */
    ask(reason: RequestReason): Promise<UpsolveTenant> {
      if (flight) return flight.promise;
      let settle!: Pick<Flight, 'resolve' | 'reject'>;
      const promise = new Promise<UpsolveTenant>((resolve, reject) => (settle = { resolve, reject }));
      // It may be ignored.
      promise.catch(() => undefined);
      flight = { reason, controller: new AbortController(), promise, ...settle, hasBegun: false };
      step();
      parts.onChange();
      return promise;
    },
    isUnderWay: (): boolean => flight !== null,
    step: (): void => step(),
    /** How long what waits has to wait; null where nothing does. */
    getWaitMs: (): number | null => (flight && !flight.hasBegun ? ceiling.waitMs(isFirst) : null),
    /** Ends what is under way; who asked is told `aborted`. For good: so is whoever hears of its end only now. */
    giveUp(isForGood = false): void {
      isOver ||= isForGood;
      flight?.controller.abort();
      flight?.reject(new UpsolveTenantError('aborted'));
      flight = null;
    },
  };
}

/** What was judged of an answer, by whoever holds the tokens. */
interface Judged {
  readonly acceptance: { readonly kind: string };
}

export type AnswerOutcome<Answer extends Judged> =
  | { readonly judged: Answer; readonly options: ResolvedOptions }
  /** `hasAnswered`: with a success that held nothing acceptable, so asking soon would be a storm. */
  | { readonly error: UpsolveTenantError; readonly hasAnswered: boolean };

export interface RequestAnswerParts<Answer extends Judged> {
  readonly readOptions: () => RequestOptions;
  readonly signal: AbortSignal;
  readonly budget: SendBudget;
  readonly send: (options: ResolvedOptions, isAgain: boolean) => Promise<ReceivedAnswer>;
  readonly judge: (received: ReceivedAnswer, sentAtMs: number) => Answer;
}

/** What an attempt asks: for a token, which is judged. One that had ended before it came is asked for once more, at once. */
export async function requestAnswer<Answer extends Judged>(
  parts: RequestAnswerParts<Answer>,
): Promise<AnswerOutcome<Answer>> {
  const { readOptions, signal, budget } = parts;
  for (let isAgain = false; ; isAgain = true) {
    let hasAnswered = false;
    try {
      const options = resolveOptions(readOptions());
      const received = await parts.send(options, isAgain);
      if (signal.aborted) throw new UpsolveTenantError('aborted');
      hasAnswered = true;
      const judged = parts.judge(received, budget.getSentAtMs());
      // Whoever was told of it may have cleared or switched.
      if (signal.aborted) throw new UpsolveTenantError('aborted');
      if (judged.acceptance.kind !== 'dead') return { judged, options };
      if (isAgain || budget.isSpent()) throw new UpsolveTenantError('token_expired_on_arrival');
    } catch (thrown) {
      return { error: parseThrown(thrown), hasAnswered };
    }
  }
}
