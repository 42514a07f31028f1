import { type AnswerOutcome, type Attempt, type AttemptResult, createAttempts, requestAnswer } from './attempt';
import { UpsolveTenantError } from './errors';
import { type Failure, judgeFailure, judgeNoProgress, type Verdict } from './failure';
import { createHolder, type HolderParts, type JudgedAnswer } from './holder';
import { createTarget, type RequestOptions, type ResolvedOptions, resolveOptions, type TenantTarget } from './options';
import { createPermissionRequests } from './permissionRequests';
import { type Exchange, requestPermissions, requestTenant, withDeadline } from './request';
import type { FetchCarrier, ReceivedAnswer } from './response';
import * as schedule from './schedule';
import { deriveSnapshot, type TenantSnapshot, type UpsolveTenant } from './snapshot';

/** What an identity's life is given by the engine. */
export interface LifeParts extends HolderParts {
  readonly target: TenantTarget;
  readonly ceiling: schedule.Ceiling;
  readonly readOptions: () => RequestOptions;
  readonly carry: FetchCarrier;
  /** Hears why an attempt failed, and what went over the wire last. */
  readonly onFailure: (error: UpsolveTenantError, exchange: Exchange | undefined) => void;
  readonly onChange: () => void;
}

type Outcome = AnswerOutcome<JudgedAnswer> & { readonly exchange?: Exchange | undefined };
type AcceptedAnswer = Extract<Outcome, { readonly judged: unknown }>;

export type Life = ReturnType<typeof createLife>;

/**
 * The life of one identity's token: request, accept or fail; then what the engine does with it: begin, step, wake, end.
 * Another identity, and `clear()`, make a new life; what comes late then belongs to an object that nobody reads.
 */
export function createLife(parts: LifeParts) {
  const { clock, now, readOptions } = parts;
  const random = (): number => clock.random();
  let { target } = parts;
  let plan: schedule.Plan = { kind: 'none' };
  let failure: Failure | null = null;
  let refreshAtMs = 0;
  /** The first endpoint has answered, so later requests go to the other one. */
  let isRegistered = false;
  /** The permissions endpoint says that this token has ended. */
  let refusedToken: string | undefined;

  const holder = createHolder(parts, () => target.tenantId);
  const attempts = createAttempts({
    ...parts,
    getNumber: () => (failure?.count ?? 0) + 1,
    request,
    conclude: (outcome: Outcome) => ('judged' in outcome ? accept(outcome) : fail(outcome)),
  });
  const permissionRequests = createPermissionRequests({
    ...parts,
    random,
    send: async (token, reason, attempt, signal) =>
      requestPermissions(resolveOptions(readOptions()), { tenantId: target.tenantId, reason, attempt, signal }, token),
    isInUse: (token) => holder.isUsable() && holder.get().held?.token === token,
    onPermissions: holder.setPermissions,
    onTokenExpired(token) {
      refusedToken = token;
      if (plan.kind === 'due' && holder.get().held?.token === token) planAt(now(), 'expired');
    },
  });

  function planAt(atMs: number, reason: schedule.RequestReason, canBePulled = false): void {
    plan = { kind: 'due', atMs, at: new Date(clock.now() + atMs - now()), reason, canBePulled };
  }

  async function request({ reason, number, signal }: Attempt): Promise<Outcome> {
    let exchange: Exchange | undefined;
    const onExchange = (seen: Exchange): void => void (exchange = seen);
    const about = { reason, attempt: number, signal, budget: schedule.createSendBudget(now), onExchange };
    const send = async (options: ResolvedOptions, isAgain: boolean): Promise<ReceivedAnswer> => {
      const told = { ...about, tenantId: target.tenantId, isRegistered: isRegistered || isAgain };
      return parts.carry(target.identity, () => requestTenant(options, told));
    };
    const outcome = await requestAnswer({ ...parts, ...about, send, judge: holder.judge });
    if ('error' in outcome) return { ...outcome, exchange };
    const answered = askPermissions(outcome);
    // An identity's first token waits for them, so that a dashboard isn't drawn read-only and then again.
    if (holder.get().hadTenant) return outcome;
    await withDeadline(schedule.FIRST_PERMISSIONS_MS, signal, () => answered).catch(() => undefined);
    return outcome;
  }

  /** Asks what a new token allows, unless its answer said so. */
  async function askPermissions({ judged: { answer, acceptance }, options }: AcceptedAnswer): Promise<void> {
    if (acceptance.kind !== 'accepted') return;
    if (answer.permissions || !options.permissionsEndpoint) permissionRequests.stop();
    else await permissionRequests.ask(answer.token);
  }

  function accept({ judged, options: { refreshLeadMs } }: AcceptedAnswer): AttemptResult {
    isRegistered = true;
    holder.accept(judged);
    const { held, tenant } = holder.get();
    if (!held || !tenant) return { error: new UpsolveTenantError('aborted') };
    if (judged.acceptance.kind === 'accepted') {
      failure = null;
      refreshAtMs = held.endsAtMs - held.remainingMs + schedule.refreshDelayMs(held.remainingMs, refreshLeadMs, random);
      if (held.token === refusedToken) planAt(now(), 'expired');
      else planAt(refreshAtMs, 'scheduled');
    } else {
      // Nothing newer: before its lead that is fine, inside it that is a failure.
      follow(judgeNoProgress(held, failure, { nowMs: now(), refreshLeadMs, refreshAtMs }));
    }
    // It may have ended while its permissions were waited for.
    const error = holder.isUsable() ? failure?.error : new UpsolveTenantError('token_expired_on_arrival');
    return error ? getResult(error) : { tenant };
  }

  function fail({ error, hasAnswered, exchange }: Exclude<Outcome, AcceptedAnswer>): AttemptResult {
    isRegistered ||= hasAnswered;
    follow(judgeFailure(error, failure, { hasUsableToken: holder.isUsable(), hasAnswered }, random));
    parts.onFailure(error, exchange);
    return getResult(failure?.error ?? error);
  }

  function follow(verdict: Verdict): void {
    failure = verdict.failure;
    if (verdict.isDropped) drop();
    if (verdict.retryInMs === null) plan = schedule.createStop(now(), true);
    else planAt(now() + verdict.retryInMs, failure ? 'retry' : 'scheduled', verdict.canBePulled);
  }

  function getResult(error: UpsolveTenantError): AttemptResult {
    const dueAtMs = schedule.getDueAt(plan);
    return dueAtMs === null ? { error } : { error, retryInMs: dueAtMs - now() };
  }

  function drop(): void {
    holder.drop();
    permissionRequests.stop();
  }

  function getEchoedIdentity(): string | null {
    const { echo } = holder.get();
    return target.tenantId === undefined && echo !== undefined ? createTarget(target.session, echo).identity : null;
  }

  /** Ends what is under way, and the token with it. */
  function letGo(): void {
    halt();
    drop();
  }

  /** The same, and keeps the token. */
  function halt(): void {
    // Who asked after a stop or `clear()` is not forgotten when the page comes back.
    if (attempts.isUnderWay() && plan.kind !== 'due') planAt(now(), 'manual');
    attempts.giveUp();
    permissionRequests.halt();
  }

  return {
    /** Begins with an answer that the server already fetched, where that is good enough to show; else a request is due. */
    begin(initialTenant: unknown): void {
      planAt(now(), 'initial');
      try {
        const judged = holder.judgeInitial(initialTenant);
        // Whoever was told of it may have ended this life.
        if (!judged || plan.kind !== 'due') return;
        const accepted = { judged, options: resolveOptions(readOptions()) };
        accept(accepted);
        void askPermissions(accepted);
      } catch {
        // An option or the answer is refused: the request says which option, and brings a better answer.
      }
    },
    ask: (reason: schedule.RequestReason): Promise<UpsolveTenant> => attempts.ask(reason),
    /** Does what is due. */
    step(): void {
      permissionRequests.step();
      attempts.step();
      const dueAtMs = schedule.getDueAt(plan);
      if (attempts.isUnderWay() || dueAtMs === null || dueAtMs > now()) return;
      const reason = plan.kind === 'due' ? plan.reason : 'wake';
      void attempts.ask(reason === 'scheduled' && !holder.isUsable() ? 'expired' : reason);
    },
    /** The next moment of steady time at which something is due, or the token may be used no longer; null for none. */
    getNextMs(): number | null {
      const waitMs = attempts.getWaitMs();
      const askAtMs = attempts.isUnderWay() ? waitMs && now() + waitMs : schedule.getDueAt(plan);
      const endAtMs = holder.isUsable() ? (holder.get().held?.usableUntilMs ?? null) : null;
      return schedule.getEarliest(permissionRequests.getDueAt(), askAtMs, endAtMs);
    },
    getSnapshot(): TenantSnapshot {
      const told = { echoedIdentity: getEchoedIdentity(), isRefreshing: attempts.isUnderWay() };
      return deriveSnapshot({ identity: target.identity, ...told, ...holder.get(), plan, failure }, now);
    },
    hasToken: (): boolean => holder.isUsable(),
    /** Something says that time may have passed, or that the network is back. */
    wake(): void {
      plan = schedule.wakePlan(plan, now(), clock.now());
    },
    /** Goes on under the id that the backend has echoed already; false where that is another tenant's. */
    adopt(next: TenantTarget): boolean {
      if (next.identity === getEchoedIdentity()) target = next;
      return target === next;
    },
    halt: (): void => halt(),
    /** The page is put away as it is: no token may be found when it comes back. */
    freeze(): void {
      letGo();
      if (plan.kind === 'due') planAt(now(), 'wake');
    },
    /** The session was cleared elsewhere: drops the token, and no wake asks again. */
    lose(error: UpsolveTenantError): void {
      letGo();
      failure = { error, count: (failure?.count ?? 0) + 1 };
      plan = schedule.createStop(now(), false);
    },
    /** Nothing of it is left, and nobody is told of it any more. */
    end(): void {
      letGo();
      attempts.giveUp(true);
      // A re-entrant caller finds nothing scheduled.
      plan = schedule.createStop(now(), false);
    },
  };
}
