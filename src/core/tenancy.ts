import { type Attempt, type AttemptOutcome, runAttempt } from './attempt';
import { withDeadline } from './deadline';
import { UpsolveTenantError } from './errors';
import type { RequestReason } from './events';
import { createPermissionsLoop } from './permissionsLoop';
import { canWake, type Plan } from './plan';
import { resolveOptions, type ResolvedOptions } from './resolveOptions';
import { FIRST_PERMISSIONS_MS, refreshDelayMs } from './schedule';
import { deriveSnapshot } from './deriveSnapshot';
import type { Tenancy, TenancyParts } from './tenancyContract';
import type { UpsolveTenant } from './tenant';
import { createTenantHolder, judgeInitialTenant } from './tenantHolder';
import { sendPermissionsRequest, sendTenantRequest } from './tenantRequests';
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
  const holder = createTenantHolder({ tenantId, clock, now, owners: parts.owners, tell });
  let plan: Plan = { kind: 'none' };
  let flight: Flight | null = null;
  let failure: Failure | null = null;
  let isRegistered = false;
  let lastAskedMs = Number.NEGATIVE_INFINITY;
  let refreshAtMs = 0;

  const permissionsLoop = createPermissionsLoop({
    now,
    random,
    tell,
    send: (token, reason, attempt, signal) =>
      sendPermissionsRequest({ options: readOptions(), tenantId, reason, attempt, signal }, token),
    onPermissions: holder.setPermissions,
    onTokenExpired: () => void ask('expired'),
    onChange,
  });

  function planAt(atMs: number, reason: RequestReason, canBePulled = false): void {
    plan = { kind: 'due', atMs, at: new Date(clock.now() + atMs - now()), reason, canBePulled };
  }

  function stop(): void {
    plan = { kind: 'stopped', sinceMs: now(), isSigningIn: false };
  }

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
    tell({ type: 'request', ...told });
    const send: Parameters<typeof runAttempt>[0]['send'] = (options, asked) =>
      parts.carrier.carry(identity, () => sendTenantRequest({ ...asked, options, tenantId, attempt: asked.number }));
    const outcome = await runAttempt({ now, holder, readOptions, send }, attempt);
    refuseLate();
    await awaitFirstPermissions(outcome, signal);
    refuseLate();
    flight = null;
    const error = conclude(outcome);
    const durationMs = now() - startedMs;
    const retryInMs = plan.kind === 'due' ? plan.atMs - now() : undefined;
    if (!error) tell({ type: 'success', ...told, durationMs });
    else
      tell({ type: 'failure', ...told, durationMs, code: error.code, ...(retryInMs !== undefined && { retryInMs }) });
    onChange();
    const tenant = holder.getTenant();
    if (error || !tenant) {
      const failed = error ?? new UpsolveTenantError('aborted');
      parts.onOutcome({ type: 'failed', error: failed });
      throw failed;
    }
    parts.onOutcome({ type: 'refreshed', tenant });
    return tenant;
  }

  /** The first tenant comes with what it allows, so that a dashboard isn't drawn read-only and then again. */
  async function awaitFirstPermissions(outcome: AttemptOutcome, signal: AbortSignal): Promise<void> {
    if (outcome.kind === 'failed' || outcome.judged.judgement.kind !== 'accepted') return;
    const { token, permissions } = outcome.judged.answer;
    if (permissions || !outcome.options.permissionsEndpoint) return permissionsLoop.stop();
    const asked = permissionsLoop.ask(token);
    if (holder.hadTenant() || holder.getPermissions()) return;
    await withDeadline(FIRST_PERMISSIONS_MS, signal, () => asked).catch(() => undefined);
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
    planAt(refreshAtMs, 'scheduled');
    return undefined;
  }

  function follow(verdict: Verdict): UpsolveTenantError | undefined {
    failure = verdict.failure;
    if (verdict.isDropped) holder.drop();
    if (verdict.retryInMs === null) stop();
    else planAt(now() + verdict.retryInMs, failure ? 'retry' : 'scheduled', verdict.canBePulled);
    return failure?.error;
  }

  function halt(): void {
    flight?.controller.abort();
    flight = null;
    parts.carrier.drop();
    permissionsLoop.halt();
  }

  return {
    target,
    begin(initialTenant) {
      const judged = initialTenant == null ? undefined : judgeInitialTenant(initialTenant, tenantId, clock, now);
      planAt(now(), 'initial');
      if (judged) conclude({ kind: 'judged', judged, options: readOptions() });
    },
    ask,
    isAsking: () => flight !== null,
    step() {
      permissionsLoop.step();
      if (flight || plan.kind !== 'due' || plan.atMs > now()) return;
      void ask(plan.reason === 'scheduled' && !holder.getTenant() ? 'expired' : plan.reason);
    },
    wake() {
      if (!flight && canWake(plan, now(), lastAskedMs)) void ask('wake');
    },
    getDueAt() {
      const moments = [permissionsLoop.getDueAt(), plan.kind === 'due' && !flight ? plan.atMs : null];
      const known = moments.filter((moment) => moment !== null);
      return known.length > 0 ? Math.min(...known) : null;
    },
    getSnapshot: () => deriveSnapshot({ identity, plan, failure, isRefreshing: flight !== null, holder }),
    halt,
    freeze() {
      halt();
      holder.drop();
      if (plan.kind === 'due') planAt(now(), 'wake');
    },
    lose(error) {
      halt();
      holder.drop();
      failure = { error, count: (failure?.count ?? 0) + 1 };
      stop();
    },
    awaitSignIn(signIn) {
      if (plan.kind !== 'stopped') return;
      const waiting: Plan = { ...plan, isSigningIn: true };
      plan = waiting;
      const settle = (isSignedIn: boolean): void => {
        if (plan !== waiting) return;
        plan = { ...waiting, isSigningIn: false };
        if (isSignedIn) void ask('retry');
      };
      signIn.then(
        () => settle(true),
        () => settle(false),
      );
    },
  };
}
