import type { TenantSnapshot, UpsolveTenant } from '../../src/core/snapshot';
import type { ModelRequest, ModelServer, Subject } from './modelServer';
import { echoOf } from './answers';
import { canRecover, isLongLived } from './knowable';
import type { Scenario, TargetName } from './scenario';
import type { World } from './world';

/** What a run came to, for the summary. */
export interface ModelStats {
  runs: number;
  seconds: number;
  requests: number;
  mostAttemptsInAMinute: number;
  mostSendsOfAnAttempt: number;
  slowestRecoveryMs: number;
}

/** What the user of a page knows of it. */
export interface UserState {
  isMounted: boolean;
  isVisible: boolean;
  isFrozen: boolean;
  isThrottled: boolean;
  isCleared: boolean;
  /** Another tab has cleared the session: no wake asks. */
  isClearedElsewhere: boolean;
  /** What the app's session gives for headers. */
  session: 'there' | 'lost' | 'hung';
  /** Calls of refresh() that have not settled. */
  pendingRefreshes: number;
  tenant: TargetName;
  /** A callback has set another tenant, and React has not rendered it yet: until then nobody below can know of it. */
  isSwitchUnrendered: boolean;
}

export function createModelStats(): ModelStats {
  return { runs: 0, seconds: 0, requests: 0, mostAttemptsInAMinute: 0, mostSendsOfAnAttempt: 0, slowestRecoveryMs: 0 };
}

export interface Oracle {
  readonly user: UserState;
  readonly getSubject: () => Subject;
  /** Everything known of the former must be gone: a switch, `clear()`, the way into the back/forward cache, a new page. */
  forget(): void;
  /** The clock or the machine was tampered with: what follows has its time to recover. */
  disturb(): void;
  /** Somebody asks: after a stop or `clear()`, requests are right again. */
  allow(): void;
  /** Another tenant or session, or the same one after `clear()`: its first attempt waits for nobody. */
  beginIdentity(): void;
  /** A new page has a ceiling of its own. */
  beginPage(): void;
  judgeAttempt(): void;
  judgeRequest(request: ModelRequest): void;
  judgeSnapshot(snapshot: TenantSnapshot, isFresh: boolean): void;
  /** A token with its permission flags; `isFresh`: what has ended must not be there. */
  judgeShown(token: string, permissions: Readonly<Record<string, boolean>>, isFresh: boolean): void;
  /** A render that wants this tenant and holds that token. */
  judgeRender(wanted: TargetName, token: string): void;
  /** What refresh() gave, asked for in that generation. */
  judgeResolved(tenant: UpsolveTenant, askedIn: number): void;
  /** At each second, with what is known without any timer having run late. */
  judgeRest(snapshot: TenantSnapshot, isAtRest: boolean): void;
  isStopped(snapshot: TenantSnapshot): boolean;
}

/** Attempts: three at once and one every 5 s, beside the first ones of an identity; each sends four times at most. */
export const BOUNDS = { attemptsInAMinute: 15, firstsInAMinute: 10, sendsOfAnAttempt: 4, recoveryMs: 165_000 };
const MINUTE_MS = 60_000;
/** The guard at its largest, and a second of rounding. */
const GUARD_MS = 6_000;

export function createOracle(
  scenario: Scenario,
  world: World,
  getServer: () => ModelServer,
  stats: ModelStats,
): Oracle {
  const user: UserState = {
    isMounted: true,
    isVisible: true,
    isFrozen: false,
    isThrottled: false,
    isCleared: false,
    isClearedElsewhere: false,
    session: 'there',
    pendingRefreshes: 0,
    tenant: scenario.first,
    isSwitchUnrendered: false,
  };
  let generation = 0;
  let isPinned = false;
  let mayAsk = true;
  let recoverySinceMs = 0;
  let lossSinceMs: number | null = 0;
  let held: { token: string; keepUntilMs: number } | null = null;
  let disturbedAtMs = Number.NEGATIVE_INFINITY;
  let isMisled = false;
  const attempts: { atMs: number; isFirst: boolean }[] = [];
  let isFirstPending = true;
  let sends = Number.POSITIVE_INFINITY;

  function fail(what: string): never {
    throw new Error(`${what} (awake ${world.awakeMs() / 1_000} s, generation ${generation}, ${JSON.stringify(user)})`);
  }

  const isStopped = ({ state, progress: { nextAttemptAt, isRefreshing } }: TenantSnapshot): boolean =>
    state.status !== 'idle' && nextAttemptAt === null && !isRefreshing;

  function judgeShown(token: string, permissions: Readonly<Record<string, boolean>>, isFresh: boolean): void {
    const { tenant } = getServer().ledger.get(token);
    const given = getServer().ledger.show(token);
    if (tenant !== user.tenant) fail(`leak: a token of ${tenant} while ${user.tenant} is wanted`);
    if (!given?.generations.has(generation))
      fail('leak: a token from before a switch, clear() or the back/forward cache');
    for (const name of Object.keys(permissions)) {
      if (name.startsWith('of ') && name !== `of ${tenant}`)
        fail(`leak: permissions ${name} with a token of ${tenant}`);
    }
    const lateMs = world.trueNow() - given.endMs - (world.unseenMs() - given.unseenMs);
    if (isFresh && lateMs > 0) fail(`expired: a token is usable ${lateMs} ms after its end`);
  }

  function judgeAttempt(): void {
    const now = world.trueNow();
    attempts.push({ atMs: now, isFirst: isFirstPending });
    isFirstPending = false;
    sends = 0;
    while (attempts[0]!.atMs <= now - MINUTE_MS) attempts.shift();
    const firsts = attempts.filter(({ isFirst }) => isFirst).length;
    const later = attempts.length - firsts;
    stats.mostAttemptsInAMinute = Math.max(stats.mostAttemptsInAMinute, later);
    if (later > BOUNDS.attemptsInAMinute) fail(`storm: ${later} attempts in a minute`);
    if (attempts.length > BOUNDS.attemptsInAMinute + BOUNDS.firstsInAMinute)
      fail(`storm: ${firsts} identities and ${later} further attempts in a minute`);
  }

  function judgeSend(): void {
    sends += 1;
    stats.requests += 1;
    if (!(sends <= BOUNDS.sendsOfAnAttempt)) fail(`storm: ${sends} requests of one attempt`);
    stats.mostSendsOfAnAttempt = Math.max(stats.mostSendsOfAnAttempt, sends);
  }

  /** A healthy server makes a page ready, and keeps it so. */
  function judgeRecovery(snapshot: TenantSnapshot): void {
    const now = world.awakeMs();
    const server = getServer();
    const isWaiting = isStopped(snapshot) || user.isCleared || user.tenant === null;
    const isHealthy = server.mode === 'ok' && user.session === 'there';
    if (!isHealthy || isWaiting || user.isThrottled) recoverySinceMs = now;
    const isKnowable = canRecover(scenario, world, isMisled);
    if (snapshot.state.status !== 'ready') lossSinceMs ??= now;
    else {
      if (lossSinceMs !== null && isKnowable) {
        const tookMs = now - Math.max(recoverySinceMs, server.getRetryAfterEndMs(), lossSinceMs);
        stats.slowestRecoveryMs = Math.max(stats.slowestRecoveryMs, tookMs);
      }
      lossSinceMs = null;
      return;
    }
    if (!isKnowable) return;
    const since = Math.max(
      recoverySinceMs,
      server.getRetryAfterEndMs(),
      isLongLived(scenario, isMisled) ? 0 : (lossSinceMs ?? 0),
    );
    if (now - since > BOUNDS.recoveryMs)
      fail(`stuck: ${snapshot.state.status} for ${now - since} ms with a healthy server`);
  }

  /** A failure that may be retried, or a stop that keeps, leaves the dashboard until the token's end. */
  function judgeKeeping({ state: { tenant } }: TenantSnapshot, isAtRest: boolean): void {
    const server = getServer();
    const outcome = server.getOutcome(generation);
    const { server: config, app, wallOffsetMs } = scenario;
    // What came with the page lives by the page's own clock too, which may be fast.
    const isShortened = app.hasInitialTenant && wallOffsetMs > 0;
    const isSure = config.lifetimeMs < 24 * 3_600_000 && !isShortened;
    if (server.hasTakenToken(generation)) held = null;
    if (tenant && tenant.token !== held?.token) {
      const { endMs, receivedLateMs, isTimed } = server.ledger.show(tenant.token)!;
      const { issuedMs, endsMs } = server.ledger.get(tenant.token);
      const isYounger = issuedMs - receivedLateMs > disturbedAtMs;
      // What a cache makes the page believe beyond its end is no good token.
      const keepUntilMs = Math.min(endMs, endsMs) - GUARD_MS - receivedLateMs;
      held = isSure && isTimed && isYounger ? { token: tenant.token, keepUntilMs } : null;
    }
    if (!isAtRest) return;
    if (outcome === 'drop and stop') {
      held = null;
      if (tenant) fail('leak: a token is kept after an answer that takes it away');
    }
    if (!tenant && held && !user.isCleared && world.trueNow() < held.keepUntilMs)
      fail(`lost: a good token is gone after ${outcome}`);
  }

  return {
    user,
    getSubject: () => ({ generation, tenant: user.tenant, isPinned }),
    forget() {
      generation += 1;
      isPinned = false;
      mayAsk = true;
      held = null;
      lossSinceMs = recoverySinceMs = world.awakeMs();
    },
    disturb() {
      isMisled ||= getServer().openCount() > 0 || world.wallOffsetMs() !== scenario.wallOffsetMs;
      held = null;
      disturbedAtMs = world.trueNow();
      recoverySinceMs = world.awakeMs();
    },
    allow() {
      mayAsk = true;
    },
    beginIdentity: () => void (isFirstPending = true),
    beginPage() {
      attempts.length = 0;
      isFirstPending = true;
    },
    judgeAttempt,
    isStopped,
    judgeShown,
    judgeRequest({ kind, tenant, isAborted, openCount }) {
      const wanted = user.tenant === null ? null : echoOf(user.tenant);
      if (isAborted) fail('late: a request is sent after it was given up');
      if (!user.isMounted) fail('late: a request of a page that is gone');
      if (user.isFrozen) fail('late: a request from the back/forward cache');
      if (user.isCleared) fail('late: a request after clear()');
      if (!user.isSwitchUnrendered && (wanted === null || echoOf(tenant) !== wanted))
        fail(`leak: a request for ${tenant} while ${wanted} is wanted`);
      if (kind === 'permissions') return;
      if (!mayAsk) fail('late: a request by itself after a stop');
      if (openCount > 1) fail('storm: two requests at a time');
      judgeSend();
    },
    judgeSnapshot(snapshot, isFresh) {
      const { tenant, status } = snapshot.state;
      if (tenant) {
        judgeShown(tenant.token, tenant.permissions, isFresh);
        if (scenario.server.hasEcho) isPinned = true;
      }
      const isIdle = user.tenant === null || user.isCleared;
      if (isIdle ? status !== 'idle' : status === 'idle' && user.pendingRefreshes === 0)
        fail(`wrong: status ${status}`);
    },
    judgeRender(wanted, token) {
      const { tenant } = getServer().ledger.get(token);
      if (tenant !== wanted) fail(`leak: a render that wants ${wanted} holds a token of ${tenant}`);
    },
    judgeResolved({ token, permissions }, askedIn) {
      if (user.isSwitchUnrendered) return;
      if (askedIn !== generation) fail('leak: refresh() resolves with a tenant that was given up');
      judgeShown(token, permissions, false);
    },
    judgeRest(snapshot, isAtRest) {
      stats.seconds += 1;
      const outcome = getServer().getOutcome(generation);
      if (isStopped(snapshot)) {
        if (!outcome?.endsWith('stop')) fail(`stuck: nothing is asked after ${outcome}`);
        mayAsk = user.pendingRefreshes > 0;
      }
      judgeKeeping(snapshot, isAtRest);
      if (user.isMounted && !user.isFrozen) judgeRecovery(snapshot);
    },
  };
}
