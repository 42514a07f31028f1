import type { TokenClaims } from './claims';
import type { TenantAnswer } from './parseTenant';

/** An opaque token that says nothing of its end. Source: Upsolve's default expiration. */
const ASSUMED_MS = 60 * 60_000;
/** Nothing is believed to live longer: a wrong unit must not switch refreshing off. */
const LONGEST_MS = 24 * 60 * 60_000;

/** When an answer came, by every clock that is known. */
export interface Receipt {
  /** Steady time when the request was sent: age starts there, for the server measured its time no earlier. */
  readonly sentAtMs: number;
  /** This page's wall clock at receipt. */
  readonly localNowMs: number;
  /** The server's own time, from the answer's body or a fresh `Date` header; undefined where it told none. */
  readonly serverNowMs?: number | undefined;
  /** The server's time as rule 3 worked it out earlier for this identity. */
  readonly inferredNowMs?: number | undefined;
}

/**
 * Rule 2: what a token has left, in ms, counted from `sentAtMs`; 0 or less for one that arrived dead. It is the smallest
 * of what the answer states, so no clock that runs wrong and no field that says too much makes a token live too long.
 */
export function remainingMs(answer: TenantAnswer, receipt: Receipt): number {
  const now = receipt.serverNowMs ?? receipt.inferredNowMs ?? receipt.localNowMs;
  const stated = [answer.expiresAtMs, answer.claims && answer.claims.expiresAt * 1_000]
    .filter((instant) => instant !== undefined)
    .map((instant) => instant - now);
  if (answer.expiresInMs !== undefined) stated.push(answer.expiresInMs);
  if (stated.length === 0) stated.push(ASSUMED_MS);
  return Math.min(...stated, lifeMs(answer.claims), LONGEST_MS);
}

/** Rule 2's assumption was needed: nothing in the answer says when the token ends. */
export function isExpiryAssumed(answer: TenantAnswer): boolean {
  return !answer.claims && answer.expiresAtMs === undefined && answer.expiresInMs === undefined;
}

/** The whole life of a JWT; endless for an opaque token. */
export function lifeMs(claims: TokenClaims | undefined): number {
  return claims ? (claims.expiresAt - claims.issuedAt) * 1_000 : Number.POSITIVE_INFINITY;
}
