import { UpsolveTenantError } from './errors';
import { isExpiryAssumed, lifeMs, type Receipt, remainingMs } from './lifetime';
import { isFreshMint, type Mint } from './mint';
import type { TenantAnswer } from './parseTenant';
import { guardMs } from './schedule';

/** A `Date` header has whole seconds, and a clock is adjusted by fractions of one. */
const TOLERANCE_MS = 5_000;

/** An accepted token. All moments are steady time; whether it may be used is always asked of the clock. */
export interface HeldToken {
  readonly token: string;
  /** What it had left at receipt, counted from `sentAtMs`. */
  readonly remainingMs: number;
  readonly sentAtMs: number;
  /** Its end. */
  readonly endsAtMs: number;
  /** Its end less the guard: from here on it is not used. */
  readonly usableUntilMs: number;
  /** `iat`, or the expiry that the body stated: which of two tokens is the older. */
  readonly order?: number;
}

/** The server's time as rule 3 worked it out: it was `serverMs` at steady time `atMs`. */
export interface InferredTime {
  readonly serverMs: number;
  readonly atMs: number;
}

/** What an answer is compared with. */
export interface AnswerMemory {
  readonly tenantId: string | undefined;
  /** The first tenant id that the backend echoed for this identity. */
  readonly pinnedTenantId: string | undefined;
  readonly held: HeldToken | null;
  readonly lastMint: Mint | undefined;
  /** Its token was another tenant's. */
  readonly isForeign: boolean;
  /** Steady time at which its token ends, where that was believed before. */
  readonly knownEndMs?: number | undefined;
  /** Steady time. */
  readonly nowMs: number;
}

export type AnswerJudgement =
  | { readonly kind: 'accepted'; readonly held: HeldToken; readonly inferred?: InferredTime }
  /** Rule 5: the token in use, with the end that it already had. */
  | { readonly kind: 'unchanged' }
  /** Rule 3: it had ended before it came. */
  | { readonly kind: 'dead' };

/**
 * Rules 2 to 5: is this the token to use from now on?
 *
 * @throws UpsolveTenantError `tenant_mismatch` for another tenant's token, `token_not_renewed` for one that is older
 * than the one in use.
 */
export function judgeAnswer(answer: TenantAnswer, receipt: Receipt, memory: AnswerMemory): AnswerJudgement {
  const expectedTenantId = memory.tenantId ?? memory.pinnedTenantId;
  const isOther = (id: string | undefined): boolean =>
    answer.tenantId !== undefined && id !== undefined && answer.tenantId !== id;
  if (isOther(expectedTenantId) || isOther(memory.pinnedTenantId) || memory.isForeign) {
    throw new UpsolveTenantError('tenant_mismatch');
  }

  const order = answer.claims?.issuedAt ?? answer.expiresAtMs;
  const inUse = memory.held && memory.held.usableUntilMs > memory.nowMs ? memory.held : null;
  const isAgain = inUse?.token === answer.token && inUse.order === order && !isProlonged(answer);
  if (inUse && answer.claims && inUse.order !== undefined && answer.claims.issuedAt < inUse.order) {
    throw new UpsolveTenantError('token_not_renewed', { message: 'The endpoint answered with an older token.' });
  }
  if (isExpiryAssumed(answer) && memory.held?.token === answer.token) return { kind: isAgain ? 'unchanged' : 'dead' };

  const { left: measured, inferred } = measure(answer, receipt, memory.lastMint);
  // Who hands out a token again tells of an end that is known; a cache tells it by the time at which it kept the answer.
  const knownLeft = (memory.knownEndMs ?? Number.POSITIVE_INFINITY) - receipt.sentAtMs;
  const stated = Math.min(measured, knownLeft);
  const left = isAgain ? leftOfSame(inUse, answer, receipt, stated) : stated;
  const endsAtMs = receipt.sentAtMs + left;
  if (isAgain && !isMoved(inUse.endsAtMs, endsAtMs, receipt, memory.nowMs)) return { kind: 'unchanged' };
  const usableUntilMs = endsAtMs - guardMs(left);
  if (!(usableUntilMs > memory.nowMs)) return { kind: 'dead' };
  const held: HeldToken = {
    token: answer.token,
    remainingMs: left,
    sentAtMs: receipt.sentAtMs,
    endsAtMs,
    usableUntilMs,
    ...(order !== undefined && { order }),
  };
  return { kind: 'accepted', held, ...(inferred && { inferred }) };
}

/** Rule 2, and rule 3's way out where the page's own clock must be wrong. */
function measure(
  answer: TenantAnswer,
  receipt: Receipt,
  lastMint: Mint | undefined,
): { left: number; inferred?: InferredTime } {
  const left = remainingMs(answer, receipt);
  const { claims, token } = answer;
  const isDoubtful = claims && receipt.serverNowMs === undefined && left < lifeMs(claims) / 2;
  if (!isDoubtful || !isFreshMint(lastMint, token, claims, receipt.sentAtMs)) return { left };
  const inferred = { serverMs: claims.issuedAt * 1_000, atMs: receipt.sentAtMs };
  return { left: remainingMs(answer, { ...receipt, inferredNowMs: inferred.serverMs }), inferred };
}

/** Of the token in use: where the server tells no time, no clock of this page counts more than what is believed already. */
function leftOfSame(inUse: HeldToken, { expiresInMs }: TenantAnswer, receipt: Receipt, stated: number): number {
  if (receipt.serverNowMs !== undefined) return stated;
  return Math.min(inUse.endsAtMs - receipt.sentAtMs, expiresInMs ?? Number.POSITIVE_INFINITY);
}

/**
 * Whether the end of the token in use is elsewhere than was believed: the page slept over its request, or a clock was set.
 * What a slow request takes off is no news.
 */
function isMoved(believedMs: number, endsAtMs: number, { sentAtMs }: Receipt, nowMs: number): boolean {
  const byMs = endsAtMs - believedMs;
  return byMs > TOLERANCE_MS || byMs < sentAtMs - nowMs - TOLERANCE_MS;
}

/** An opaque token can be prolonged by the server: then the same text comes with a new lifetime. */
function isProlonged(answer: TenantAnswer): boolean {
  return !answer.claims && answer.expiresAtMs === undefined && answer.expiresInMs !== undefined;
}
