import { fingerprint, type TenantAnswer } from './answer';
import { UpsolveTenantError } from './errors';
import { ASSUMED_LIFE_MS, guardMs, LONGEST_LIFE_MS, type TokenEnd } from './schedule';

/** Two moments that are so near are the same. */
const TOLERANCE_MS = 5_000;
/** What whole seconds take off an end. */
const ROUNDING_MS = 1_000;

/** When an answer came, by every clock that is known. */
export interface Receipt {
  /** Steady time when the request was sent: age starts there, for the server measured its time no earlier. */
  readonly sentAtMs: number;
  /** Steady time at receipt. */
  readonly nowMs: number;
  /** This page's wall clock at receipt. */
  readonly localNowMs: number;
  /** The server's own time, from the answer's body or a fresh `Date` header; undefined where it told none. */
  readonly serverNowMs?: number | undefined;
}

/** An accepted token. All moments are steady time; whether it may be used is always asked of the clock. */
export interface HeldToken extends TokenEnd {
  readonly token: string;
  /** `iat`: which of two tokens is the older. */
  readonly issuedAtMs: number | undefined;
  /** The expiry that the body stated. */
  readonly statedEndMs: number | undefined;
}

/** When a token was minted, by the server and by this page. */
export interface Mint {
  readonly token: string;
  readonly issuedAtMs: number;
  /** Steady time when it was asked for. */
  readonly sentAtMs: number;
}

/** What an answer is compared with: an identity's own. */
export interface AcceptanceMemory {
  readonly tenantId: string | undefined;
  /** The first tenant id that the backend echoed for this identity. */
  readonly echo: string | undefined;
  readonly held: HeldToken | null;
  /** The newest token that had ended before it came. */
  readonly deadMint: Mint | undefined;
  /** The server's time less steady time, where that was worked out because the page's clock is wrong. */
  readonly serverAheadMs: number | undefined;
  readonly tokens: TokenMemory;
}

export type Acceptance =
  | { readonly kind: 'accepted'; readonly held: HeldToken; readonly serverAheadMs: number | undefined }
  /** The token in use, with the end that it already had. */
  | { readonly kind: 'unchanged'; readonly held: HeldToken }
  /** It had ended before it came. */
  | { readonly kind: 'dead'; readonly mint: Mint | undefined };

/**
 * Is this the token to use from now on, and for how long?
 *
 * @throws UpsolveTenantError `tenant_mismatch` for another tenant's token, `token_not_renewed` for one that is older
 * than the one in use.
 */
export function judgeAnswer(answer: TenantAnswer, receipt: Receipt, memory: AcceptanceMemory): Acceptance {
  const { token, tenantId, claims } = answer;
  const { sentAtMs, nowMs, localNowMs, serverNowMs } = receipt;
  const known = memory.tokens.find(token);
  const isOther = (id: string | undefined, wanted: string | undefined): boolean =>
    id !== undefined && wanted !== undefined && id !== wanted;
  if ([tenantId, known?.tenantId].some((id) => isOther(id, memory.tenantId)) || isOther(tenantId, memory.echo)) {
    throw new UpsolveTenantError('tenant_mismatch');
  }

  const inUse = memory.held && memory.held.usableUntilMs > nowMs ? memory.held : null;
  const origin = { issuedAtMs: claims?.issuedAtMs, statedEndMs: answer.expiresAtMs };
  const isOlder =
    origin.issuedAtMs !== undefined && origin.issuedAtMs < (inUse?.issuedAtMs ?? Number.NEGATIVE_INFINITY);
  if (isOlder && inUse?.token !== token) throw new UpsolveTenantError('token_not_renewed');

  let { serverAheadMs } = memory;
  // Of the token in use this page's clock alone is no news: only a server may end it sooner.
  const isSaidAgain = inUse?.token === token && inUse.statedEndMs === origin.statedEndMs;
  const isNoNews = isSaidAgain && (serverNowMs ?? serverAheadMs) === undefined;
  const latestMs = known?.endsAtMs ?? (isNoNews ? inUse.endsAtMs : Number.POSITIVE_INFINITY);
  const measure = (): TokenEnd => {
    const serverMs = serverNowMs ?? (serverAheadMs === undefined ? localNowMs : sentAtMs + serverAheadMs);
    const statedMs = isNoNews ? (answer.expiresInMs ?? Number.POSITIVE_INFINITY) : remainingMs(answer, serverMs);
    // No end moves later than it was first derived, whatever a cache, a clock or a server says of it later.
    const leftMs = Math.min(statedMs, latestMs - sentAtMs);
    const capped = Math.min(leftMs, LONGEST_LIFE_MS);
    endsAtMs = sentAtMs + leftMs;
    return { remainingMs: capped, endsAtMs: sentAtMs + capped, usableUntilMs: sentAtMs + capped - guardMs(capped) };
  };
  let endsAtMs = 0;
  let end = measure();
  const mint = claims?.issuedAtMs === undefined ? undefined : { token, issuedAtMs: claims.issuedAtMs, sentAtMs };
  if (end.usableUntilMs <= nowMs && serverNowMs === undefined && mint && isFresh(mint, memory.deadMint)) {
    // Two tokens were minted as far apart as they were asked for: they are not old, our clock is ahead.
    serverAheadMs = mint.issuedAtMs - sentAtMs;
    end = measure();
  }

  if (inUse?.token === token && !isMoved(end, inUse, receipt)) return { kind: 'unchanged', held: inUse };
  if (end.usableUntilMs <= nowMs) return { kind: 'dead', mint };
  memory.tokens.note({ token, tenantId: memory.tenantId, endsAtMs });
  return { kind: 'accepted', held: { token, ...origin, ...end }, serverAheadMs };
}

/**
 * Of the token in use: a server may end it sooner, and what was cut to a day is cut anew. What a slow request takes off its
 * end is no news: sooner is only what has less left at receipt, too.
 */
function isMoved(end: TokenEnd, inUse: TokenEnd, { sentAtMs, nowMs }: Receipt): boolean {
  const byMs = end.endsAtMs - inUse.endsAtMs;
  return byMs > TOLERANCE_MS || byMs < sentAtMs - nowMs - ROUNDING_MS;
}

/** Whether nothing in the answer says when the token ends. */
export function isExpiryAssumed({ claims, expiresAtMs, expiresInMs }: TenantAnswer): boolean {
  return claims === undefined && expiresAtMs === undefined && expiresInMs === undefined;
}

/**
 * What a token has left by the server's time: the smallest of what the answer states and of its whole life, so that no
 * field that says too much makes a token live too long. 0 or less for one that has ended.
 */
export function remainingMs({ claims, expiresAtMs, expiresInMs }: TenantAnswer, serverMs: number): number {
  const ends = [claims?.expiresAtMs, expiresAtMs].filter((instant) => instant !== undefined);
  const left = ends.map((instant) => instant - serverMs);
  if (expiresInMs !== undefined) left.push(expiresInMs);
  if (left.length === 0) left.push(ASSUMED_LIFE_MS);
  if (claims?.issuedAtMs !== undefined) left.push(claims.expiresAtMs - claims.issuedAtMs);
  return Math.min(...left);
}

/**
 * Another token whose `iat` moved as far as this page's steady clock was minted just now, as the one before it was. Then
 * its age is known without trusting any wall clock. A cached or reused token fails: its `iat` stands still.
 */
function isFresh(mint: Mint, before: Mint | undefined): boolean {
  if (!before || before.token === mint.token) return false;
  const apartMs = mint.issuedAtMs - before.issuedAtMs;
  return Math.abs(apartMs - (mint.sentAtMs - before.sentAtMs)) <= TOLERANCE_MS;
}

/** What is known of the newest two tokens after they are gone, across tenants. */
export interface TokenMemory {
  readonly find: (token: string) => { readonly tenantId: string | undefined; readonly endsAtMs: number } | undefined;
  readonly note: (known: { token: string; tenantId: string | undefined; endsAtMs: number }) => void;
}

/** It keeps a fingerprint of a token, so that none outlives its use. */
export function createTokenMemory(): TokenMemory {
  let known: readonly { key: string; tenantId: string | undefined; endsAtMs: number }[] = [];
  return {
    find: (token) => known.find(({ key }) => key === fingerprint(token)),
    note({ token, tenantId, endsAtMs }) {
      const key = fingerprint(token);
      known = [{ key, tenantId, endsAtMs }, ...known.filter((entry) => entry.key !== key)].slice(0, 2);
    },
  };
}
