import type { TenantSnapshot } from '../../src/core/snapshot';
import type { UpsolveTenant } from '../../src/core/tenant';
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
  mostRequestsInAMinute: number;
  slowestRecoveryMs: number;
}

/** What the user of a page knows of it. */
export interface UserState {
  isMounted: boolean;
  isVisible: boolean;
  isFrozen: boolean;
  isThrottled: boolean;
  isCleared: boolean;
  isSigningIn: boolean;
  /** What the app's session gives for headers. */
  session: 'there' | 'lost' | 'hung';
  /** Calls of refresh() that have not settled. */
  pendingRefreshes: number;
  tenant: TargetName;
  /** A callback has set another tenant, and React has not rendered it yet: until then nobody below can know of it. */
  isSwitchUnrendered: boolean;
}

export function createModelStats(): ModelStats {
  return { runs: 0, seconds: 0, requests: 0, mostRequestsInAMinute: 0, slowestRecoveryMs: 0 };
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
  /** The user did something that costs a request by itself. */
  credit(count: number): void;
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

export const BOUNDS = { requestsInAMinute: 13, recoveryMs: 165_000 };
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
    isSigningIn: false,
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
  const requests: number[] = [];
  const credits: { atMs: number; count: number }[] = [];

  function fail(what: string): never {
    throw new Error(`${what} (awake ${world.awakeMs() / 1_000} s, generation ${generation}, ${JSON.stringify(user)})`);
  }

  const isStopped = ({ status, nextAttemptAt, isRefreshing }: TenantSnapshot): boolean =>
    status !== 'idle' && nextAttemptAt === null && !isRefreshing;

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

  function judgeRate(): void {
    const now = world.trueNow();
    requests.push(now);
    while (requests[0]! <= now - MINUTE_MS) requests.shift();
    while (credits.length > 0 && credits[0]!.atMs <= now - MINUTE_MS) credits.shift();
    const extra = credits.reduce((sum, { count }) => sum + count, 0);
    stats.requests += 1;
    if (extra === 0) stats.mostRequestsInAMinute = Math.max(stats.mostRequestsInAMinute, requests.length);
    if (requests.length > BOUNDS.requestsInAMinute + extra) fail(`storm: ${requests.length} requests in a minute`);
  }

  /** A healthy server makes a page ready, and keeps it so. */
  function judgeRecovery(snapshot: TenantSnapshot): void {
    const now = world.awakeMs();
    const server = getServer();
    const isWaiting = isStopped(snapshot) || user.isCleared || user.tenant === null;
    const isHealthy = server.mode === 'ok' && user.session === 'there';
    if (!isHealthy || isWaiting || user.isThrottled) recoverySinceMs = now;
    const isKnowable = canRecover(scenario, world, isMisled);
    if (snapshot.status !== 'ready') lossSinceMs ??= now;
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
    if (now - since > BOUNDS.recoveryMs) fail(`stuck: ${snapshot.status} for ${now - since} ms with a healthy server`);
  }

  /** Rules 6 and 7: a failure that may be retried, or a stop that keeps, leaves the dashboard until the token's end. */
  function judgeKeeping({ tenant }: TenantSnapshot, isAtRest: boolean): void {
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
    credit: (count) => void credits.push({ atMs: world.trueNow(), count }),
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
      judgeRate();
    },
    judgeSnapshot(snapshot, isFresh) {
      const { tenant, status } = snapshot;
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
