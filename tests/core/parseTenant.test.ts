import { describe, expect, it } from 'vitest';
import { parseTenant } from '../../src/core/parseTenant';
import { createFakeToken } from '../../src/testing/fakeToken';

const OPAQUE = 'x'.repeat(20);
const AT = Date.UTC(2030, 0, 1);
const JWT = createFakeToken({ displayName: 'Żółw', issuedAtMs: AT, expiresAtMs: AT + 60_000 });

describe('an answer', () => {
  it.each([
    ['bare', { token: OPAQUE }],
    ['inside data', { status: 'success', data: { message: 'ok', token: OPAQUE } }],
    ['beside a data without one', { token: OPAQUE, data: { message: 'ok' } }],
    ['beside a data that is no object', { token: OPAQUE, data: [1] }],
  ])('holds its token %s', (_where, body) => expect(parseTenant(body)).toStrictEqual({ token: OPAQUE }));

  it('holds the claims of a JWT', () => {
    expect(parseTenant({ token: JWT }).claims).toEqual({ issuedAt: AT / 1_000, expiresAt: AT / 1_000 + 60 });
  });

  it.each([
    ['camelCase', { expiresIn: 3_600, expiresAt: AT, serverTime: AT, tenantId: 'acme' }],
    ['snake_case', { expires_in: 3_600, expires_at: AT, server_time: AT, tenant_id: 'acme' }],
  ])('says the rest in %s, beside or inside data', (_case, rest) => {
    const said = { token: OPAQUE, expiresInMs: 3_600_000, expiresAtMs: AT, serverTimeMs: AT, tenantId: 'acme' };
    expect(parseTenant({ token: OPAQUE, ...rest })).toEqual(said);
    expect(parseTenant({ data: { token: OPAQUE, ...rest } })).toEqual(said);
    expect(parseTenant({ ...rest, data: { token: OPAQUE } })).toEqual(said);
  });

  it('counts what stands beside the token before what stands around it', () => {
    expect(parseTenant({ expiresIn: 1, data: { token: OPAQUE, expires_in: 2 } }).expiresInMs).toBe(2_000);
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
    ['ISO text without seconds', '2030-01-01T00:00Z', AT],
  ])('may state its end as %s', (_as, expiresAt, ms) => {
    expect(parseTenant({ token: OPAQUE, expiresAt }).expiresAtMs).toBe(ms);
  });

  it.each([
    null,
    'oops',
    '',
    '2030-01-01',
    '2030-01-01T00:00:00',
    'on 2030-01-01T00:00:00Z',
    '2030-01-01T00:00:00Z.',
    '2030-13-01T00:00:00Z',
    'Tue, 01 Jan 2030 00:00:00 GMT',
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
    const why = 'is neither ISO 8601 text with a time zone nor an epoch';
    expect(() => parseTenant({ token: OPAQUE, expiresAt: value })).toThrow(
      expect.objectContaining({
        code: 'invalid_response',
        message: `The answer of the endpoint is refused: its expiresAt ${why}.`,
      }),
    );
    expect(() => parseTenant({ token: OPAQUE, server_time: value })).toThrow(`its serverTime ${why}`);
  });

  it.each([
    ['60', 60_000],
    ['-5', -5_000],
    ['1.5', 1_500],
    [0, 0],
    [1e12, 1e15],
  ])('may state a lifetime of %j seconds', (expiresIn, ms) => {
    expect(parseTenant({ token: OPAQUE, expiresIn }).expiresInMs).toBe(ms);
  });

  it.each([null, '', '1h', 'x60', '60s', '1.', Number.NaN, false, {}, ['60']])(
    'is refused with an expiresIn of %j',
    (expiresIn) => {
      expect(() => parseTenant({ token: OPAQUE, expiresIn })).toThrow('its expiresIn is not a number of seconds');
    },
  );

  it.each([
    ['acme', 'acme'],
    [7, '7'],
    [0, '0'],
    [null, undefined],
  ])('may echo the tenant %j', (tenantId, echoed) => {
    expect(parseTenant({ token: OPAQUE, tenantId }).tenantId).toBe(echoed);
  });

  it.each(['', {}, [], true, Number.NaN])('is refused with the tenantId %j', (tenantId) => {
    expect(() => parseTenant({ token: OPAQUE, tenantId })).toThrow('its tenantId is neither text nor a number');
  });

  it('brings permissions, wherever they stand', () => {
    for (const body of [
      { token: OPAQUE, permissions: { addChart: true } },
      { data: { token: OPAQUE, permissions: { addChart: true } } },
      { permissions: { addChart: true }, data: { token: OPAQUE } },
    ]) {
      expect(parseTenant(body).permissions).toMatchObject({ addChart: true, drillDown: false });
    }
    expect(parseTenant({ token: OPAQUE, permissions: 'all' })).not.toHaveProperty('permissions');
    expect(parseTenant({ token: OPAQUE, addChart: true })).not.toHaveProperty('permissions');
  });

  it.each([null, undefined, 'text', 7, [], [{ token: OPAQUE }]])('is refused where it is %j', (body) => {
    expect(() => parseTenant(body)).toThrow('it is not a JSON object');
  });

  it.each([{}, { token: '' }, { token: null }, { token: 7 }, { data: {} }, { data: { token: null }, token: OPAQUE }])(
    'is refused without a token: %j',
    (body) => expect(() => parseTenant(body)).toThrow('it holds no token'),
  );

  it('is refused with a token that is malformed', () => {
    expect(() => parseTenant({ token: 'short' })).toThrow('malformed');
  });
});
