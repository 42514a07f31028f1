import { type Attempt, type AttemptOutcome, judgeInitial, runAttempt } from './attempt';
import { UpsolveTenantError } from './errors';
import type { RequestReason } from './events';
import { earliest } from './plan';
import { createPlanner } from './planner';
import { resolveOptions, type ResolvedOptions } from './resolveOptions';
import { refreshDelayMs } from './schedule';
import { deriveSnapshot } from './deriveSnapshot';
import type { Tenancy, TenancyParts } from './tenancyContract';
import type { UpsolveTenant } from './tenant';
import { createTenantHolder } from './tenantHolder';
import { createTenantPermissions } from './tenantPermissions';
import { sendTenantRequest } from './tenantRequests';
import { type Failure, judgeAttemptFailure, judgeNoProgress, type Verdict } from './verdict';

interface Flight {
  readonly controller: AbortController;
  readonly promise: Promise<UpsolveTenant>;
}

/**
 * The life of one identity's token: rules 3 to 8. Another identity, and `clear()`, make a new tenancy; an answer that
 * comes late then belongs to an object that nobody reads any more.
 */
export function createTenancy(parts: TenancyParts): Tenancy {
  const { target, clock, now, tell, onChange } = parts;
  const { tenantId, identity } = target;
  const random = (): number => clock.random();
  const readOptions = (): ResolvedOptions => resolveOptions(parts.readOptions());
  const holder = createTenantHolder({ ...parts, tenantId });
  const planner = createPlanner(parts);
  const { planAt } = planner;
  let flight: Flight | null = null;
  let failure: Failure | null = null;
  let isRegistered = false;
  let lastAskedMs = Number.NEGATIVE_INFINITY;
  let refreshAtMs = 0;
  let refusedToken: string | undefined;
  let isOver = false;

  const permissions = createTenantPermissions({
    ...parts,
    random,
    tenantId,
    holder,
    readOptions,
    onTokenExpired(token) {
      refusedToken = token;
      if (planner.get().kind === 'due') planAt(now(), 'expired');
    },
  });

  function ask(reason: RequestReason): Promise<UpsolveTenant> {
    if (flight) return flight.promise;
    const controller = new AbortController();
    lastAskedMs = now();
    // Rule 8: the flight is on record before anything of it runs, so a callback that asks joins it.
    const promise = Promise.resolve().then(() => fly(reason, controller));
    promise.catch(() => undefined);
    flight = { controller, promise };
    onChange();
    return promise;
  }

  async function fly(reason: RequestReason, mine: AbortController): Promise<UpsolveTenant> {
    const refuseLate = (): void => {
      if (flight?.controller !== mine) throw new UpsolveTenantError('aborted');
    };
    refuseLate();
    const { signal } = mine;
    const attempt: Attempt = { reason, number: (failure?.count ?? 0) + 1, isRegistered, signal };
    const told = { request: 'tenant', reason, attempt: attempt.number } as const;
    const startedMs = now();
    let sent = 0;
    const onSend = (): void => parts.turns.count(++sent);
    tell({ type: 'request', ...told });
    const send: Parameters<typeof runAttempt>[0]['send'] = (options, asked) =>
      parts.carrier.carry(identity, () =>
        sendTenantRequest({ ...asked, options, tenantId, attempt: asked.number, onSend }),
      );
    const outcome = await runAttempt({ now, holder, readOptions, send }, attempt);
    refuseLate();
    await permissions.askAfter(outcome, signal);
    refuseLate();
    flight = null;
    const error = conclude(outcome);
    const tenant = holder.getTenant();
    const durationMs = now() - startedMs;
    const plan = planner.get();
    const next = plan.kind === 'due' ? { retryInMs: plan.atMs - now() } : {};
    if (!error) tell({ type: 'success', ...told, durationMs });
    else tell({ type: 'failure', ...told, durationMs, code: error.code, ...next });
    onChange();
    // A page renders what it was told in its next microtask: where the app clears or switches there, nobody is told.
    await Promise.resolve();
    if (isOver) throw new UpsolveTenantError('aborted');
    if (error || !tenant) {
      const failed = error ?? new UpsolveTenantError('token_expired_on_arrival');
      parts.onOutcome({ type: 'failed', error: failed });
      throw failed;
    }
    parts.onOutcome({ type: 'refreshed', tenant });
    if (isOver) throw new UpsolveTenantError('aborted');
    return tenant;
  }

  /** Takes an attempt's outcome into the state; returns the error it amounts to. */
  function conclude(outcome: AttemptOutcome): UpsolveTenantError | undefined {
    isRegistered ||= outcome.kind === 'judged' || outcome.hasFloor;
    if (outcome.kind === 'failed') {
      const { error, hasFloor } = outcome;
      return follow(
        judgeAttemptFailure(error, failure, { hasUsableToken: holder.getTenant() !== null, hasFloor, random }),
      );
    }
    const { judged, options } = outcome;
    holder.accept(judged);
    const held = holder.getHeld();
    if (!held) return new UpsolveTenantError('aborted');
    const { refreshLeadMs } = options;
    if (judged.judgement.kind !== 'accepted') {
      return follow(judgeNoProgress(held, failure, { nowMs: now(), refreshLeadMs, refreshAtMs }));
    }
    failure = null;
    refreshAtMs = held.sentAtMs + refreshDelayMs(held.remainingMs, refreshLeadMs, random);
    if (held.token === refusedToken) planAt(now(), 'expired');
    else planAt(refreshAtMs, 'scheduled');
    return undefined;
  }

  function follow(verdict: Verdict): UpsolveTenantError | undefined {
    failure = verdict.failure;
    if (verdict.isDropped) drop();
    if (verdict.retryInMs === null) planner.stop();
    else planAt(now() + verdict.retryInMs, failure ? 'retry' : 'scheduled', verdict.canBePulled);
    return failure?.error;
  }

  function halt(): void {
    // Who asked after a stop or `clear()` is not forgotten when the page comes back.
    if (flight && planner.get().kind !== 'due') planAt(now(), 'manual');
    flight?.controller.abort();
    flight = null;
    parts.carrier.drop();
    permissions.halt();
  }

  function drop(): void {
    holder.drop();
    permissions.stop();
  }

  return {
    target,
    begin(initialTenant) {
      planAt(now(), 'initial');
      const outcome = judgeInitial({ clock, now, readOptions }, tenantId, initialTenant);
      if (!outcome) return;
      conclude(outcome);
      void permissions.askAfter(outcome, new AbortController().signal);
    },
    ask,
    isAsking: () => flight !== null,
    step() {
      permissions.step();
      const plan = planner.get();
      if (flight || plan.kind !== 'due' || (planner.getDueAt() ?? 0) > now()) return;
      void ask(plan.reason === 'scheduled' && !holder.getTenant() ? 'expired' : plan.reason);
    },
    wake: () => planner.wake(lastAskedMs),
    getDueAt: () => earliest(permissions.getDueAt(), flight ? null : planner.getDueAt(), holder.getUsableUntil()),
    getSnapshot: () =>
      deriveSnapshot({ identity, plan: planner.get(), failure, isRefreshing: flight !== null, holder }),
    halt,
    end() {
      isOver = true;
      halt();
      drop();
      // Who is in the middle of something finds nothing due.
      planner.stop();
    },
    freeze() {
      halt();
      drop();
      if (planner.get().kind === 'due') planAt(now(), 'wake');
    },
    lose(error) {
      halt();
      drop();
      failure = { error, count: (failure?.count ?? 0) + 1 };
      planner.stop();
    },
    awaitSignIn: planner.awaitSignIn,
  };
}
