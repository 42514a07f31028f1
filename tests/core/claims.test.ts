import { describe, expect, it } from 'vitest';
import { parseClaims } from '../../src/core/claims';
import { createFakeToken } from '../../src/testing/fakeToken';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown, header: unknown = { alg: 'HS256' }): string =>
  `${encode(header)}.${encode(claims)}.signature`;
const refusal = (why: string): Record<string, unknown> => ({
  code: 'invalid_response',
  message: `The token in the answer is malformed: ${why}.`,
});
const ISSUED = 1_893_456_000;

describe('the claims of a token', () => {
  it('are its iat and exp in seconds', () => {
    expect(parseClaims(jwt({ iat: ISSUED, exp: ISSUED + 3_600 }))).toEqual({
      issuedAt: ISSUED,
      expiresAt: ISSUED + 3_600,
    });
  });

  it.each(['Zażółć gęślą jaźń', '株式会社アップソルブ', '🦊 & Söhne ÿ?>~'])(
    'are read beside the display name %s',
    (displayName) => {
      const token = createFakeToken({ displayName, issuedAtMs: ISSUED * 1_000, expiresAtMs: ISSUED * 1_000 + 1_000 });
      expect(parseClaims(token)).toEqual({ issuedAt: ISSUED, expiresAt: ISSUED + 1 });
    },
  );

  it('are read where their JSON is laid out over lines', () => {
    const payload = Buffer.from(`{\n\t"iat": ${ISSUED},\n\t"exp": ${ISSUED + 1}\n}`).toString('base64url');
    expect(parseClaims(`${encode({})}.${payload}.signature`)).toEqual({ issuedAt: ISSUED, expiresAt: ISSUED + 1 });
  });

  it('may be fractions, and may lie in the year 9999', () => {
    expect(parseClaims(jwt({ iat: 0.5, exp: 253_402_300_799 }))).toEqual({
      issuedAt: 0.5,
      expiresAt: 253_402_300_799,
    });
  });

  it.each([
    ['no iat', { exp: ISSUED }],
    ['no exp', { iat: ISSUED }],
    ['null', { iat: ISSUED, exp: null }],
    ['text', { iat: ISSUED, exp: 'oops' }],
    ['a numeral in text', { iat: ISSUED, exp: `${ISSUED + 60}` }],
    ['milliseconds', { iat: ISSUED, exp: ISSUED * 1_000 }],
    ['milliseconds before 1970', { iat: -ISSUED * 1_000, exp: ISSUED }],
    ['the year 10000', { iat: ISSUED, exp: 253_402_300_800 }],
  ])('are refused with %s in them', (_what, claims) => {
    expect(() => parseClaims(jwt(claims))).toThrow(
      expect.objectContaining(refusal('its iat and exp are not both seconds since 1970')),
    );
  });

  it('are refused where 1e999 is read as endless', () => {
    const endless = Buffer.from(`{"iat":${ISSUED},"exp":1e999}`).toString('base64url');
    expect(() => parseClaims(`${encode({})}.${endless}.signature`)).toThrow('not both seconds');
  });

  it.each([0, -5, ISSUED - 1, ISSUED])('are refused where exp is %i and not after iat', (exp) => {
    expect(() => parseClaims(jwt({ iat: ISSUED, exp }))).toThrow(
      expect.objectContaining(refusal('it ends before it begins')),
    );
  });

  it.each([
    ['a part that is no base64', 'aaaaaaaa.!!!!!!!!.bbbbbbbb'],
    ['a part that is no JSON', `${encode({})}.${Buffer.from('no JSON').toString('base64url')}.signature`],
    ['a header that is no JSON', `aaaaaaaa.${encode({ iat: 1, exp: 2 })}.signature`],
    [
      'bytes that are no UTF-8',
      `${encode({})}.${Buffer.from([0x22, 0xff, 0xfe, 0x22]).toString('base64url')}.signature`,
    ],
    ['empty parts', `..${'x'.repeat(16)}`],
  ])('are refused with %s', (_what, token) => {
    expect(() => parseClaims(token)).toThrow(expect.objectContaining(refusal('it does not decode')));
  });

  it.each([[null], [[]], ['text'], [7]])('are refused where a part is %j', (part) => {
    const why = 'its parts are not objects';
    expect(() => parseClaims(jwt(part))).toThrow(expect.objectContaining(refusal(why)));
    expect(() => parseClaims(jwt({ iat: 1, exp: 2 }, part))).toThrow(expect.objectContaining(refusal(why)));
  });

  it.each(['x'.repeat(16), 'two.parts-of-a-token', 'a.b.c.d-four-parts-of-it', '!~'.repeat(8)])(
    'are none for the opaque token %s',
    (token) => expect(parseClaims(token)).toBeUndefined(),
  );

  it.each(['x'.repeat(15), `with a space ${'x'.repeat(16)}`, `${'x'.repeat(16)}\n`, `${'x'.repeat(16)}é`, ''])(
    'refuse %j, which is no token at all',
    (token) => {
      expect(() => parseClaims(token)).toThrow(
        expect.objectContaining(refusal('it is not 16 or more visible ASCII characters')),
      );
    },
  );
});
