import {
  type Acceptance,
  type HeldToken,
  isExpiryAssumed,
  judgeAnswer,
  type Mint,
  type TokenMemory,
} from './acceptance';
import { parseAnswer, type TenantAnswer } from './answer';
import type { UpsolveTenantEvent } from './events';
import { parseFailure, parseStatedCode } from './failure';
import { isSamePermissions, READ_ONLY, type UpsolvePermissions } from './permissions';
import type { ReceivedAnswer } from './response';
import type { Clock, SteadyClock } from './schedule';
import type { UpsolveTenant } from './snapshot';

/** An answer with what was judged of it. */
export interface JudgedAnswer {
  readonly answer: TenantAnswer;
  readonly acceptance: Acceptance;
}

export interface HolderParts {
  readonly clock: Clock;
  readonly now: SteadyClock;
  readonly tokens: TokenMemory;
  readonly tell: (event: UpsolveTenantEvent) => void;
}

/** What the clock can change is in none of it. */
export interface Holding {
  readonly held: HeldToken | null;
  readonly tenant: UpsolveTenant | null;
  readonly permissions: UpsolvePermissions | undefined;
  readonly lastRefreshedAt: Date | null;
  readonly hadTenant: boolean;
  /** The first tenant id that the backend echoed. */
  readonly echo: string | undefined;
  /** The newest token that had ended before it came. */
  readonly deadMint: Mint | undefined;
  /** The server's time less steady time, where that was worked out because the page's clock is wrong. */
  readonly serverAheadMs: number | undefined;
}

const NOTHING: Holding = {
  held: null,
  tenant: null,
  permissions: undefined,
  lastRefreshedAt: null,
  hadTenant: false,
  echo: undefined,
  deadMint: undefined,
  serverAheadMs: undefined,
};

/** What one identity holds. It is made anew for another one, so that nothing can be carried over. */
export function createHolder(parts: HolderParts, getTenantId: () => string | undefined) {
  const { clock, now, tokens, tell } = parts;
  let holding = NOTHING;
  const told = new Set<UpsolveTenantEvent['type']>();
  const set = (change: Partial<Holding>): void => void (holding = { ...holding, ...change });

  function tellOnce(type: 'tenant_unverified' | 'expiry_assumed'): void {
    if (!told.has(type)) tell({ type });
    told.add(type);
  }

  function judge(answer: TenantAnswer, sentAtMs: number, serverNowMs: number | undefined): JudgedAnswer {
    const receipt = { sentAtMs, nowMs: now(), localNowMs: clock.now(), serverNowMs };
    const acceptance = judgeAnswer(answer, receipt, { ...holding, tokens, tenantId: getTenantId() });
    if (answer.tenantId === undefined) tellOnce('tenant_unverified');
    if (isExpiryAssumed(answer)) tellOnce('expiry_assumed');
    return { answer, acceptance };
  }

  function drop(): void {
    set({ held: null, tenant: null });
  }

  function setPermissions(next: UpsolvePermissions): void {
    const { tenant, permissions: before } = holding;
    const permissions = before && isSamePermissions(before, next) ? before : next;
    set({ permissions, tenant: tenant && tenant.permissions !== permissions ? { ...tenant, permissions } : tenant });
  }

  return {
    /**
     * Whether an answer's token is the one to use.
     *
     * @throws UpsolveTenantError for an answer that must not be used.
     */
    judge: (received: ReceivedAnswer, sentAtMs: number): JudgedAnswer => {
      const answer = readAnswer(received.body);
      const judged = judge(answer, sentAtMs, getServerTime(received, answer));
      if (judged.acceptance.kind === 'dead') {
        set({ deadMint: judged.acceptance.mint ?? holding.deadMint });
        // Of the token in use a server knows best.
        if (holding.held?.token === answer.token) drop();
      }
      return judged;
    },
    /** The same of an answer that the server fetched with the page; undefined where it isn't good enough to show. */
    judgeInitial(body: unknown): JudgedAnswer | undefined {
      if (body === undefined) return undefined;
      const { expiresInMs: _startless, ...answer } = parseAnswer(body);
      if (isExpiryAssumed(answer) || answer.tenantId !== (getTenantId() ?? answer.tenantId)) return undefined;
      const localNowMs = clock.now();
      const judged = judge(answer, now(), Math.max(localNowMs, answer.serverTimeMs ?? localNowMs));
      return judged.acceptance.kind === 'accepted' ? judged : undefined;
    },
    /** Takes a judged answer into use. */
    accept({ answer, acceptance }: JudgedAnswer): void {
      set({ echo: holding.echo ?? answer.tenantId });
      if (answer.permissions) setPermissions(answer.permissions);
      if (acceptance.kind !== 'accepted') return;
      const { held, serverAheadMs } = acceptance;
      const id = answer.tenantId ?? getTenantId();
      const tenant: UpsolveTenant = {
        ...(id !== undefined && { id }),
        token: held.token,
        expiresAt: new Date(clock.now() + held.endsAtMs - now()),
        permissions: holding.permissions ?? READ_ONLY,
      };
      set({ held, serverAheadMs, tenant, hadTenant: true, lastRefreshedAt: new Date(clock.now()) });
    },
    setPermissions: (next: UpsolvePermissions): void => setPermissions(next),
    isUsable: (): boolean => holding.held !== null && holding.held.usableUntilMs > now(),
    drop: (): void => drop(),
    get: (): Holding => holding,
  };
}

/** What a body says of time is that much older where a cache kept it; of two statements the later is nearer to now. */
function getServerTime(
  { serverNowMs, keptMs = 0 }: ReceivedAnswer,
  { serverTimeMs }: TenantAnswer,
): number | undefined {
  const stated = serverTimeMs === undefined ? undefined : serverTimeMs + keptMs;
  const known = [stated, serverNowMs].filter((ms) => ms !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** A success that names a failure instead of a token is that failure. */
function readAnswer(body: unknown): TenantAnswer {
  try {
    return parseAnswer(body);
  } catch (error) {
    throw parseStatedCode(body) === undefined ? error : parseFailure({ status: 200, body });
  }
}
