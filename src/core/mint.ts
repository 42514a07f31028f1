import type { TokenClaims } from './claims';

/** When a token was minted, by the server and by this page. */
export interface Mint {
  readonly token: string;
  readonly issuedAt: number;
  /** Steady time when it was asked for. */
  readonly sentAtMs: number;
}

const TOLERANCE_MS = 5_000;

/**
 * Rule 3: another token whose `iat` moved as far as this page's steady clock was minted just now, as the one before it
 * was. Then its age is known without trusting any wall clock. A cached or reused token fails: its `iat` stands still.
 */
export function isFreshMint(before: Mint | undefined, token: string, claims: TokenClaims, sentAtMs: number): boolean {
  if (!before || before.token === token) return false;
  const server = (claims.issuedAt - before.issuedAt) * 1_000;
  return Math.abs(server - (sentAtMs - before.sentAtMs)) <= TOLERANCE_MS;
}
