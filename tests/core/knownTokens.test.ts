import { describe, expect, it } from 'vitest';
import { createKnownTokens } from '../../src/core/knownTokens';
import type { TenantAnswer } from '../../src/core/parseTenant';

const answer = (token: string, said: Partial<TenantAnswer> = {}): TenantAnswer => ({ token, ...said });
const claims = { issuedAt: 1, expiresAt: 2 };

describe('known tokens', () => {
  it('are foreign to every tenant but the one they were accepted for last', () => {
    const known = createKnownTokens();
    expect(known.isForeign('a', 'acme')).toBe(false);
    known.note(answer('a'), 'acme', 1);
    expect([known.isForeign('a', 'acme'), known.isForeign('a', 'beta'), known.isForeign('a', undefined)]).toEqual([
      false,
      true,
      true,
    ]);
    known.note(answer('b'), undefined, 1);
    expect([known.isForeign('b', undefined), known.isForeign('b', 'acme')]).toEqual([false, true]);
  });

  it('keep the end that was believed, for as long as the same end is stated', () => {
    const known = createKnownTokens();
    known.note(answer('a', { claims }), 'acme', 700);
    expect(known.getEndMs(answer('a', { claims }))).toBe(700);
    expect(known.getEndMs(answer('a', { claims, expiresAtMs: 9 }))).toBe(700);
    expect(known.getEndMs(answer('a', { claims: { issuedAt: 1, expiresAt: 3 } }))).toBeUndefined();
    expect(known.getEndMs(answer('b', { claims }))).toBeUndefined();
    known.note(answer('c', { expiresAtMs: 5 }), 'acme', 800);
    expect(known.getEndMs(answer('c', { expiresAtMs: 5 }))).toBe(800);
    expect(known.getEndMs(answer('c', { expiresAtMs: 6 }))).toBeUndefined();
  });

  it('keep no end of a token that states none, which may be prolonged', () => {
    const known = createKnownTokens();
    known.note(answer('a', { expiresInMs: 5 }), 'acme', 700);
    expect(known.getEndMs(answer('a', { expiresInMs: 5 }))).toBeUndefined();
  });

  it('are the 500 newest', () => {
    const known = createKnownTokens();
    for (let i = 0; i < 500; i += 1) known.note(answer(`token-${i}`), 'acme', 1);
    known.note(answer('token-0'), 'acme', 1);
    expect(known.isForeign('token-1', 'beta')).toBe(true);
    known.note(answer('token-500'), 'acme', 1);
    expect([0, 1, 2, 500].map((i) => known.isForeign(`token-${i}`, 'beta'))).toEqual([true, false, true, true]);
  });
});
