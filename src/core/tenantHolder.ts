import type { Clock } from './clock';
import type { UpsolveTenantEvent } from './events';
import { parseFailure, parseStatedCode } from './judgeFailure';
import { type AnswerJudgement, type HeldToken, type InferredTime, judgeAnswer } from './judgeAnswer';
import { isExpiryAssumed, type Receipt } from './lifetime';
import type { KnownTokens } from './knownTokens';
import type { Mint } from './mint';
import { parseTenant, type TenantAnswer } from './parseTenant';
import { isSamePermissions, READ_ONLY, type UpsolvePermissions } from './permissions';
import type { ReceivedAnswer } from './readResponse';
import type { ServerTime } from './serverTime';
import type { SteadyClock } from './steadyClock';
import type { UpsolveTenant } from './tenant';

/** An answer with what was judged of it. */
export interface JudgedAnswer {
  readonly answer: TenantAnswer;
  readonly judgement: AnswerJudgement;
}

/** Everything one identity knows of its tokens. It is made anew for another identity, so nothing can be carried over. */
export interface TenantHolder {
  /** @throws UpsolveTenantError for an answer that must not be used. */
  readonly judge: (received: ReceivedAnswer, sentAtMs: number) => JudgedAnswer;
  /** Takes a judged answer into use. */
  readonly accept: (judged: JudgedAnswer) => void;
  readonly setPermissions: (permissions: UpsolvePermissions) => void;
  /** Undefined until a source has answered. */
  readonly getPermissions: () => UpsolvePermissions | undefined;
  /** The tenant, for as long as its token may be used: asked of the clock at each call. */
  readonly getTenant: () => UpsolveTenant | null;
  readonly getHeld: () => HeldToken | null;
  /** Steady time until which the tenant may be used; null where there is none. */
  readonly getUsableUntil: () => number | null;
  readonly getLastRefreshedAt: () => Date | null;
  readonly hadTenant: () => boolean;
  readonly drop: () => void;
}

export interface TenantHolderParts {
  readonly tenantId: string | undefined;
  readonly clock: Clock;
  readonly now: SteadyClock;
  readonly knownTokens: KnownTokens;
  readonly serverTime: ServerTime;
  readonly tell: (event: UpsolveTenantEvent) => void;
}

export function createTenantHolder({
  tenantId,
  clock,
  now,
  knownTokens,
  serverTime,
  tell,
}: TenantHolderParts): TenantHolder {
  let held: HeldToken | null = null;
  let tenant: UpsolveTenant | null = null;
  let permissions: UpsolvePermissions | undefined;
  let lastRefreshedAt: Date | null = null;
  let hadTenant = false;
  let pinnedTenantId: string | undefined;
  let lastMint: Mint | undefined;
  let inferred: InferredTime | undefined;
  const told = new Set<UpsolveTenantEvent['type']>();

  function tellOnce(type: 'tenant_unverified' | 'expiry_assumed'): void {
    if (!told.has(type)) tell({ type });
    told.add(type);
  }

  function createReceipt({ serverNowMs, keptMs = 0 }: ReceivedAnswer, answer: TenantAnswer, sentAtMs: number): Receipt {
    // An answer kept by a cache states an old server time; the later of two statements is the nearer to now.
    const stated = answer.serverTimeMs === undefined ? undefined : answer.serverTimeMs + keptMs;
    const known = [stated, serverNowMs].filter((ms) => ms !== undefined);
    return {
      sentAtMs,
      localNowMs: clock.now(),
      serverNowMs: known.length > 0 ? Math.max(...known) : undefined,
      inferredNowMs: inferred && inferred.serverMs + (sentAtMs - inferred.atMs),
    };
  }

  function setPermissions(next: UpsolvePermissions): void {
    permissions = permissions && isSamePermissions(permissions, next) ? permissions : next;
    if (tenant && tenant.permissions !== permissions) tenant = { ...tenant, permissions };
  }

  function getUsableUntil(): number | null {
    return held && held.usableUntilMs > now() ? held.usableUntilMs : null;
  }

  function drop(): void {
    held = null;
    tenant = null;
  }

  return {
    judge(received, sentAtMs) {
      const answer = readTenant(received.body);
      const receipt = createReceipt(received, answer, sentAtMs);
      const isForeign = knownTokens.isForeign(answer.token, tenantId);
      // What a server says now counts more than what was made of it earlier; what a cache kept counts less.
      const isNews = received.keptMs === undefined && serverTime.hear(receipt.serverNowMs, now() - sentAtMs);
      const knownEndMs = isNews ? undefined : knownTokens.getEndMs(answer);
      const memory = { tenantId, pinnedTenantId, held, lastMint, isForeign, knownEndMs, nowMs: now() };
      const judgement = judgeAnswer(answer, receipt, memory);
      const { claims, token } = answer;
      if (claims && lastMint?.token !== token) lastMint = { token, issuedAt: claims.issuedAt, sentAtMs };
      if (judgement.kind === 'accepted' && judgement.inferred) inferred = judgement.inferred;
      if (judgement.kind === 'dead' && held?.token === token) drop();
      if (answer.tenantId === undefined) tellOnce('tenant_unverified');
      if (isExpiryAssumed(answer)) tellOnce('expiry_assumed');
      return { answer, judgement };
    },
    accept({ answer, judgement }) {
      pinnedTenantId ??= answer.tenantId;
      if (answer.permissions) setPermissions(answer.permissions);
      if (judgement.kind !== 'accepted') return;
      // Of a tenant that came with the page nothing was judged before.
      serverTime.hear(answer.serverTimeMs, 0);
      held = judgement.held;
      hadTenant = true;
      knownTokens.note(answer, tenantId, held.endsAtMs);
      lastRefreshedAt = new Date(clock.now());
      const id = answer.tenantId ?? tenantId;
      tenant = {
        ...(id !== undefined && { id }),
        token: held.token,
        expiresAt: new Date(clock.now() + held.endsAtMs - now()),
        permissions: permissions ?? READ_ONLY,
      };
    },
    setPermissions,
    getPermissions: () => permissions,
    getTenant: () => (getUsableUntil() === null ? null : tenant),
    getHeld: () => held,
    getUsableUntil,
    getLastRefreshedAt: () => lastRefreshedAt,
    hadTenant: () => hadTenant,
    drop,
  };
}

/** A success that names a failure instead of a token is that failure. */
function readTenant(body: unknown): TenantAnswer {
  try {
    return parseTenant(body);
  } catch (error) {
    throw parseStatedCode(body) === undefined ? error : parseFailure({ status: 200, body });
  }
}

/**
 * What an answer the server fetched has left; it is as good as its own clock and this page's clock both say. Undefined where
 * it isn't good enough to show.
 *
 * @throws UpsolveTenantError for an answer that must not be used.
 */
export function judgeInitialTenant(
  body: unknown,
  tenantId: string | undefined,
  clock: Clock,
  now: SteadyClock,
): JudgedAnswer | undefined {
  const { expiresInMs: _startless, ...answer } = parseTenant(body);
  if (isExpiryAssumed(answer) || answer.tenantId !== (tenantId ?? answer.tenantId)) return undefined;
  const sentAtMs = now();
  const memory = { tenantId, pinnedTenantId: undefined, held: null, lastMint: undefined, isForeign: false };
  const localNowMs = clock.now();
  const serverNowMs = Math.max(localNowMs, answer.serverTimeMs ?? localNowMs);
  const judgement = judgeAnswer(answer, { sentAtMs, localNowMs, serverNowMs }, { ...memory, nowMs: sentAtMs });
  return judgement.kind === 'accepted' ? { answer, judgement } : undefined;
}
