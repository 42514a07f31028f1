import { describe, expect, it } from 'vitest';
import { isExpiryAssumed, lifeMs, remainingMs } from '../../src/core/lifetime';
import type { TenantAnswer } from '../../src/core/parseTenant';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2030, 0, 1);
const opaque = (said: Partial<TenantAnswer>): TenantAnswer => ({ token: 'x'.repeat(20), ...said });
const jwt = (issuedAtMs: number, endsAtMs: number, said: Partial<TenantAnswer> = {}): TenantAnswer =>
  opaque({ claims: { issuedAt: issuedAtMs / 1_000, expiresAt: endsAtMs / 1_000 }, ...said });
const receipt = { sentAtMs: 0, localNowMs: NOW };

describe('what a token has left', () => {
  it('is its end less local time where no server time is known', () => {
    expect(remainingMs(jwt(NOW - HOUR, NOW + HOUR), receipt)).toBe(HOUR);
    expect(remainingMs(opaque({ expiresAtMs: NOW + MINUTE }), receipt)).toBe(MINUTE);
  });

  it('is its end less server time where that is known, whatever the local time', () => {
    const answer = jwt(NOW - HOUR, NOW + HOUR);
    expect(remainingMs(answer, { ...receipt, localNowMs: 0, serverNowMs: NOW + MINUTE })).toBe(59 * MINUTE);
    expect(remainingMs(answer, { ...receipt, serverNowMs: NOW, inferredNowMs: 0 })).toBe(HOUR);
  });

  it('is its end less the time that was worked out earlier, before local time', () => {
    expect(remainingMs(jwt(NOW - HOUR, NOW + HOUR), { ...receipt, localNowMs: 0, inferredNowMs: NOW })).toBe(HOUR);
  });

  it.each([
    ['expiresIn', { expiresInMs: MINUTE }],
    ['expiresAt', { expiresAtMs: NOW + MINUTE }],
  ])('is the smaller one where %s says less than the token', (_what, said) => {
    expect(remainingMs(jwt(NOW, NOW + HOUR, said), receipt)).toBe(MINUTE);
  });

  it('is what expiresIn says, on any clock', () => {
    expect(remainingMs(opaque({ expiresInMs: MINUTE }), { ...receipt, localNowMs: 0 })).toBe(MINUTE);
  });

  it('is never over exp − iat, nor over 24 hours', () => {
    expect(remainingMs(jwt(NOW, NOW + HOUR), { ...receipt, localNowMs: NOW - HOUR })).toBe(HOUR);
    expect(remainingMs(opaque({ expiresInMs: 25 * HOUR }), receipt)).toBe(24 * HOUR);
    expect(remainingMs(jwt(NOW, NOW + 48 * HOUR), receipt)).toBe(24 * HOUR);
  });

  it('is an hour where nothing is said, and only then is that assumed', () => {
    expect(remainingMs(opaque({}), receipt)).toBe(HOUR);
    expect(isExpiryAssumed(opaque({}))).toBe(true);
    expect(isExpiryAssumed(opaque({ expiresInMs: 1 }))).toBe(false);
    expect(isExpiryAssumed(opaque({ expiresAtMs: 1 }))).toBe(false);
    expect(isExpiryAssumed(jwt(1, 2))).toBe(false);
  });

  it('is nothing or less for one that arrived dead', () => {
    expect(remainingMs(jwt(NOW - HOUR, NOW), receipt)).toBe(0);
    expect(remainingMs(opaque({ expiresInMs: -1 }), receipt)).toBe(-1);
  });

  it('is of a life that is endless for an opaque token', () => {
    expect(lifeMs(undefined)).toBe(Number.POSITIVE_INFINITY);
    expect(lifeMs({ issuedAt: 10, expiresAt: 70 })).toBe(MINUTE);
  });
});
