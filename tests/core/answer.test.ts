import { describe, expect, it } from 'vitest';
import { fingerprint, parseAnswer, parseClaims } from '../../src/core/answer';
import { createFakeToken } from '../../src/testing/fakeToken';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown, header: unknown = { alg: 'HS256' }): string =>
  `${encode(header)}.${encode(claims)}.signature`;
const refusal = (why: string): Record<string, unknown> => ({
  code: 'invalid_response',
  message: `invalid_response: token ${why}`,
});
const ISSUED = 1_893_456_000;

describe('the claims of a token', () => {
  it('are its iat and exp in seconds', () => {
    expect(parseClaims(jwt({ iat: ISSUED, exp: ISSUED + 3_600 }))).toEqual({
      issuedAtMs: ISSUED * 1_000,
      expiresAtMs: (ISSUED + 3_600) * 1_000,
    });
  });

  it.each(['Zażółć gęślą jaźń', '株式会社アップソルブ', '🦊 & Söhne ÿ?>~', '100 % żółw, %C5'])(
    'are read beside the display name %s',
    (displayName) => {
      const token = createFakeToken({ displayName, issuedAtMs: ISSUED * 1_000, expiresAtMs: ISSUED * 1_000 + 1_000 });
      expect(parseClaims(token)).toEqual({ issuedAtMs: ISSUED * 1_000, expiresAtMs: (ISSUED + 1) * 1_000 });
    },
  );

  it('are read where their JSON is laid out over lines', () => {
    const payload = Buffer.from(`{\n\t"iat": ${ISSUED},\n\t"exp": ${ISSUED + 1}\n}`).toString('base64url');
    expect(parseClaims(`${encode({})}.${payload}.signature`)).toEqual({
      issuedAtMs: ISSUED * 1_000,
      expiresAtMs: (ISSUED + 1) * 1_000,
    });
  });

  it.each([{}, { iat: null }])('may lack an iat: %j', (start) => {
    expect(parseClaims(jwt({ ...start, exp: ISSUED }))).toStrictEqual({ expiresAtMs: ISSUED * 1_000 });
  });

  it('may be fractions, and may lie in the year 9999', () => {
    expect(parseClaims(jwt({ iat: 0.5, exp: 253_402_300_799 }))).toEqual({
      issuedAtMs: 500,
      expiresAtMs: 253_402_300_799_000,
    });
  });

  it.each([
    ['no exp', { iat: ISSUED }],
    ['null', { iat: ISSUED, exp: null }],
    ['text', { iat: ISSUED, exp: 'oops' }],
    ['a numeral in text', { iat: ISSUED, exp: `${ISSUED + 60}` }],
    ['milliseconds', { iat: ISSUED, exp: ISSUED * 1_000 }],
    ['milliseconds before 1970', { iat: -ISSUED * 1_000, exp: ISSUED }],
    ['the year 10000', { iat: ISSUED, exp: 253_402_300_800 }],
  ])('are refused with %s in them', (_what, claims) => {
    expect(() => parseClaims(jwt(claims))).toThrow(
      expect.objectContaining({
        code: 'invalid_response',
        message: expect.stringMatching(/token has no (exp|iat) in seconds/) as string,
      }),
    );
  });

  it('are refused where 1e999 is read as endless', () => {
    const endless = Buffer.from(`{"iat":${ISSUED},"exp":1e999}`).toString('base64url');
    expect(() => parseClaims(`${encode({})}.${endless}.signature`)).toThrow('token has no exp in seconds');
  });

  it.each([0, -5, ISSUED - 1, ISSUED])('are refused where exp is %i and not after iat', (exp) => {
    expect(() => parseClaims(jwt({ iat: ISSUED, exp }))).toThrow(
      expect.objectContaining(refusal('has no iat in seconds before its exp')),
    );
  });

  it.each([
    ['a part that is no base64', 'aaaaaaaa.!!!!!!!!.bbbbbbbb'],
    ['a part that is no JSON', `${encode({})}.${Buffer.from('no JSON').toString('base64url')}.signature`],
    ['a header that is no JSON', `aaaaaaaa.${encode({ iat: 1, exp: 2 })}.signature`],
    [
      'bytes that are no UTF-8',
      `${encode({})}.${Buffer.from('{"iat":1,"exp":2,"name":"\xff\xfe"}', 'latin1').toString('base64url')}.signature`,
    ],
    ['empty parts', `..${'x'.repeat(16)}`],
  ])('are refused with %s', (_what, token) => {
    expect(() => parseClaims(token)).toThrow(expect.objectContaining(refusal('does not decode')));
  });

  it.each([[null], [[]], ['text'], [7]])('are refused where a part is %j', (part) => {
    const why = 'does not decode';
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
        expect.objectContaining(refusal('is not 16 or more visible ASCII characters')),
      );
    },
  );
});

const OPAQUE = 'x'.repeat(20);
const AT = Date.UTC(2030, 0, 1);
const JWT = createFakeToken({ displayName: 'Żółw', issuedAtMs: AT, expiresAtMs: AT + 60_000 });

describe('an answer', () => {
  it.each([
    ['bare', { token: OPAQUE }],
    ['inside data', { status: 'success', data: { message: 'ok', token: OPAQUE } }],
    ['beside a data without one', { token: OPAQUE, data: { message: 'ok' } }],
    ['beside a data that is no object', { token: OPAQUE, data: [1] }],
  ])('holds its token %s', (_where, body) => expect(parseAnswer(body)).toStrictEqual({ token: OPAQUE }));

  it('takes null for absent, in every field', () => {
    const nulls = { expiresAt: null, expires_in: null, serverTime: null, tenantId: null, permissions: null };
    expect(parseAnswer({ token: OPAQUE, ...nulls, data: { token: null } })).toStrictEqual({ token: OPAQUE });
    expect(parseAnswer({ token: OPAQUE, expiresIn: null, expires_in: 60 }).expiresInMs).toBe(60_000);
  });

  it('says which date has no zone', () => {
    expect(() => parseAnswer({ token: OPAQUE, expiresAt: '2030-01-01T00:00:00' })).toThrow(
      'invalid_response: expiresAt has no zone',
    );
  });

  it('holds the claims of a JWT', () => {
    expect(parseAnswer({ token: JWT }).claims).toEqual({ issuedAtMs: AT, expiresAtMs: AT + 60_000 });
  });

  it.each([
    ['camelCase', { expiresIn: 3_600, expiresAt: AT, serverTime: AT, tenantId: 'acme' }],
    ['snake_case', { expires_in: 3_600, expires_at: AT, server_time: AT, tenant_id: 'acme' }],
  ])('says the rest in %s, beside or inside data', (_case, rest) => {
    const said = { token: OPAQUE, expiresInMs: 3_600_000, expiresAtMs: AT, serverTimeMs: AT, tenantId: 'acme' };
    expect(parseAnswer({ token: OPAQUE, ...rest })).toEqual(said);
    expect(parseAnswer({ data: { token: OPAQUE, ...rest } })).toEqual(said);
    expect(parseAnswer({ ...rest, data: { token: OPAQUE } })).toEqual(said);
  });

  it('counts what stands beside the token before what stands around it', () => {
    expect(parseAnswer({ expiresIn: 1, data: { token: OPAQUE, expires_in: 2 } }).expiresInMs).toBe(2_000);
  });

  it.each([
    ['seconds', AT / 1_000, AT],
    ['seconds in text', `${AT / 1_000}`, AT],
    ['milliseconds', AT, AT],
    ['fractions of seconds', AT / 1_000 + 0.5, AT + 500],
    ['the last number of seconds', 99_999_999_999, 99_999_999_999_000],
    ['the first number of milliseconds', 100_000_000_000, 100_000_000_000],
    ['a number before 1970', -100_000_000_000, -100_000_000_000],
    ['a Date', new Date(AT), AT],
    ['ISO text', '2030-01-01T00:00:00Z', AT],
    ['ISO text with fractions', '2030-01-01T00:00:00.250Z', AT + 250],
    ['ISO text with a zone', '2030-01-01T02:00:00+02:00', AT],
    ['ISO text with a short zone', '2030-01-01T02:00:00+0200', AT],
    ['ISO text with a space', '2030-01-01 00:00:00 Z'.replace(' Z', 'Z'), AT],
    ['text as PostgreSQL prints it', '2030-01-01 02:00:00.5+02', AT + 500],
    ['text as Ruby prints it', '2030-01-01 02:00:00 +0200', AT],
    ['text with UTC+0 as Python prints it', '2030-01-01T00:00:00.250000+00:00', AT + 250],
    ['an HTTP date', 'Tue, 01 Jan 2030 00:00:00 GMT', AT],
    ['the date of a mail', 'Tue, 1 Jan 2030 02:00:00 +0200', AT],
    ['text of the year 9999', '9999-12-31T23:59:59Z', 253_402_300_799_000],
    ['the largest number of ms', 1e14, 1e14],
    ['ISO text without seconds', '2030-01-01T00:00Z', AT],
  ])('may state its end as %s', (_as, expiresAt, ms) => {
    expect(parseAnswer({ token: OPAQUE, expiresAt }).expiresAtMs).toBe(ms);
  });

  it.each([
    'oops',
    '',
    '2030-01-01',
    '2030-01-01T00:00:00',
    'on 2030-01-01T00:00:00Z',
    '2030-01-01T00:00:00Z.',
    '2030-13-01T00:00:00Z',
    'Tue, 01 Jan 2030 00:00:00',
    'on Tue, 01 Jan 2030 00:00:00 GMT',
    'Tue, 01 Jan 2030 00:00:00 GMT (or so)',
    1e14 + 1,
    1.9e18,
    '1e9',
    ' 7',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    {},
    [],
    ['2030-01-01T00:00:00Z'],
    [1],
    new Date(Number.NaN),
  ])('is refused with an expiresAt or serverTime of %j', (value) => {
    const refused = (field: string) => ({
      code: 'invalid_response',
      message: expect.stringMatching(
        new RegExp(`^invalid_response: ${field} (has no zone|is no date|is neither in)`),
      ) as string,
    });
    expect(() => parseAnswer({ token: OPAQUE, expiresAt: value })).toThrow(
      expect.objectContaining(refused('expiresAt')),
    );
    expect(() => parseAnswer({ token: OPAQUE, server_time: value })).toThrow(
      expect.objectContaining(refused('serverTime')),
    );
  });

  it.each([
    ['60', 60_000],
    ['-5', -5_000],
    ['1.5', 1_500],
    ['1.25', 1_250],
    [0, 0],
    [1e12, 1e15],
  ])('may state a lifetime of %j seconds', (expiresIn, ms) => {
    expect(parseAnswer({ token: OPAQUE, expiresIn }).expiresInMs).toBe(ms);
  });

  it.each(['', '1h', 'x60', '60s', '1.', Number.NaN, false, {}, ['60']])(
    'is refused with an expiresIn of %j',
    (expiresIn) => {
      expect(() => parseAnswer({ token: OPAQUE, expiresIn })).toThrow('expiresIn is no number of seconds');
    },
  );

  it.each([
    ['acme', 'acme'],
    [7, '7'],
    [0, '0'],
    [null, undefined],
  ])('may echo the tenant %j', (tenantId, echoed) => {
    expect(parseAnswer({ token: OPAQUE, tenantId }).tenantId).toBe(echoed);
  });

  it.each(['', {}, [], true, Number.NaN])('is refused with the tenantId %j', (tenantId) => {
    expect(() => parseAnswer({ token: OPAQUE, tenantId })).toThrow('tenantId is neither text nor a number');
  });

  it('brings permissions, wherever they stand', () => {
    for (const body of [
      { token: OPAQUE, permissions: { addChart: true } },
      { data: { token: OPAQUE, permissions: { addChart: true } } },
      { permissions: { addChart: true }, data: { token: OPAQUE } },
    ]) {
      expect(parseAnswer(body).permissions).toMatchObject({ addChart: true, drillDown: false });
    }
    expect(parseAnswer({ token: OPAQUE, permissions: 'all' })).not.toHaveProperty('permissions');
    expect(parseAnswer({ token: OPAQUE, addChart: true })).not.toHaveProperty('permissions');
  });

  it.each([null, undefined, 'text', 7, [], [{ token: OPAQUE }]])('is refused where it is %j', (body) => {
    expect(() => parseAnswer(body)).toThrow('body is no JSON object');
  });

  it.each([{}, { token: null }, { token: 7 }, { data: {} }, { data: { token: null } }])(
    'is refused without a token: %j',
    (body) => expect(() => parseAnswer(body)).toThrow('token is missing'),
  );

  it('is refused with a token that is malformed', () => {
    expect(() => parseAnswer({ token: 'short' })).toThrow('token is not 16 or more');
  });
});

it('is short, the same for the same text, and another one for each of 20,000 others', () => {
  const names = Array.from({ length: 20_000 }, (_, i) => fingerprint(`tenant-${i}`));
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => /^[0-9a-z]{1,11}$/.test(name))).toBe(true);
  expect(fingerprint('tenant-7')).toBe(names[7]);
  expect(fingerprint('ab')).not.toBe(fingerprint('ba'));
  expect(fingerprint('')).not.toBe(fingerprint('\0'));
});

it('is the same in every version, since the tabs of two versions speak with each other', () => {
  expect(['', 'a', 'react-upsolve-tenant', 'żółw 🐢'].map(fingerprint)).toMatchInlineSnapshot(`
    [
      "wvjl67o803",
      "262p94epp1d",
      "22s6152yybo",
      "1enplmqdlqk",
    ]
  `);
});
