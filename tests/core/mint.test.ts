import { describe, expect, it } from 'vitest';
import { isFreshMint } from '../../src/core/mint';

const before = { token: 'first', issuedAt: 1_000, sentAtMs: 50_000 };
const fresh = (issuedAt: number, sentAtMs: number, token = 'second'): boolean =>
  isFreshMint(before, token, { issuedAt, expiresAt: issuedAt + 60 }, sentAtMs);

describe('a fresh mint', () => {
  it('is another token whose iat moved as far as the steady clock, within 5 s', () => {
    expect(fresh(1_060, 110_000)).toBe(true);
    expect(fresh(1_060, 105_000)).toBe(true);
    expect(fresh(1_060, 104_999)).toBe(false);
    expect(fresh(1_060, 115_000)).toBe(true);
    expect(fresh(1_060, 115_001)).toBe(false);
    expect(fresh(1_000, 50_000)).toBe(true);
  });

  it('is neither the same token nor the first one', () => {
    expect(fresh(1_060, 110_000, 'first')).toBe(false);
    expect(isFreshMint(undefined, 'second', { issuedAt: 1_000, expiresAt: 1_060 }, 50_000)).toBe(false);
  });

  it('is no cached token, whose iat stands still', () => expect(fresh(1_000, 110_000)).toBe(false));
});
