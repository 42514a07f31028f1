import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  ERROR_CODES,
  isUpsolveTenantError,
  scrub,
  UpsolveTenantError,
  type UpsolveTenantErrorCode,
} from '../../src/core/errors';
import { createFakeToken } from '../../src/testing/fakeToken';

const RETRYABLE: UpsolveTenantErrorCode[] = [
  'network',
  'timeout',
  'server',
  'rate_limited',
  'invalid_response',
  'token_expired_on_arrival',
  'token_not_renewed',
];

describe('UpsolveTenantError', () => {
  it('has 18 codes, which are API', () => {
    expect([...ERROR_CODES].sort()).toEqual(
      [
        ...RETRYABLE,
        'invalid_api_key',
        'unauthenticated',
        'token_expired',
        'forbidden',
        'origin_not_allowed',
        'tenant_mismatch',
        'invalid_tenant_configuration',
        'not_found',
        'insecure_endpoint',
        'api_key_in_browser',
        'invalid_options',
        'aborted',
      ].sort(),
    );
  });

  it.each(ERROR_CODES)('says for %s what happened and whether asking again helps', (code) => {
    const error = new UpsolveTenantError(code);
    expect(error).toMatchObject({ code, name: 'UpsolveTenantError', attempt: 1, retryable: RETRYABLE.includes(code) });
    expect(error.message).toBe(code);
    expect(error).toBeInstanceOf(Error);
    expect(error.cause).toBeUndefined();
  });

  it('holds what it is told', () => {
    const details = { message: 'Why.', status: 503, retryable: false, attempt: 3, retryAfterMs: 7 };
    expect(new UpsolveTenantError('server', details)).toMatchObject(details);
  });

  it('has no key of what it was not told', () => {
    const syntax = new SyntaxError('Unexpected token');
    for (const details of [{}, { status: undefined, retryAfterMs: undefined, cause: undefined }, { cause: syntax }]) {
      const keys = Object.keys(new UpsolveTenantError('server', details));
      expect(keys.filter((key) => ['status', 'retryAfterMs', 'cause'].includes(key))).toEqual([]);
    }
  });

  it('keeps of a cause its name and its message', () => {
    const causeOf = (cause: unknown): unknown => new UpsolveTenantError('network', { cause }).cause;
    expect(causeOf(new TypeError('Failed to fetch'))).toEqual({ name: 'TypeError', message: 'Failed to fetch' });
    expect(causeOf({ name: 'AxiosError', message: 'down', config: { secret: 1 } })).toEqual({
      name: 'AxiosError',
      message: 'down',
    });
    expect(causeOf({ message: 'down' })).toEqual({ name: 'undefined', message: 'down' });
    expect(causeOf('text')).toEqual({ name: 'string', message: '' });
    expect(causeOf(null)).toEqual({ name: 'object', message: '' });
    expect(causeOf(undefined)).toBeUndefined();
    expect(causeOf({ status: 1 })).toEqual({ name: 'object', message: '' });
    expect(causeOf(new SyntaxError('"<html>" is not valid JSON'))).toBeUndefined();
  });

  it('shows no secret in message, stack, cause, JSON or inspection', () => {
    const token = createFakeToken({ displayName: 'Acme', issuedAtMs: 0, expiresAtMs: 1_000 });
    const cause = Object.assign(new Error(`no ${token}`, { cause: token }), { name: token, request: { token } });
    const error = new UpsolveTenantError('server', { message: `What of ${token}?`, cause });
    const shown = [
      error.message,
      error.stack,
      String(error),
      JSON.stringify(error),
      inspect(error, { depth: 9, showHidden: true }),
    ];
    expect(error.message).toBe('What of [token]?');
    for (const text of shown) expect(text).not.toContain(token.slice(-20));
  });

  it('is JSON of its plain parts', () => {
    expect(
      JSON.parse(JSON.stringify(new UpsolveTenantError('server', { status: 500, attempt: 2, cause: new Error('no') }))),
    ).toEqual({
      name: 'UpsolveTenantError',
      code: 'server',
      message: 'server',
      status: 500,
      retryable: true,
      attempt: 2,
    });
  });
});

describe('isUpsolveTenantError', () => {
  it('knows ours, also of another realm and of another copy of the package', () => {
    expect(isUpsolveTenantError(new UpsolveTenantError('server'))).toBe(true);
    const foreign: unknown = runInNewContext(
      "Object.defineProperty(new Error('x'), Symbol.for('react-upsolve-tenant.error'), { value: true })",
    );
    expect(foreign).not.toBeInstanceOf(Error);
    expect(isUpsolveTenantError(foreign)).toBe(true);
  });

  it.each([null, undefined, 'text', 7, {}, new Error('x'), { name: 'UpsolveTenantError', code: 'server' }])(
    'knows that %j is none',
    (value) => {
      expect(isUpsolveTenantError(value)).toBe(false);
    },
  );

  it('shows its mark to nobody who lists keys', () => {
    expect(
      Object.getOwnPropertyDescriptor(new UpsolveTenantError('server'), Symbol.for('react-upsolve-tenant.error')),
    ).toMatchObject({
      enumerable: false,
      value: true,
    });
  });
});

const TOKEN = createFakeToken({ displayName: 'Acme', issuedAtMs: 0, expiresAtMs: 1_000 });
const KEY = ['up', 'embed', 'x'.repeat(8)].join('_');

describe('scrubbed text', () => {
  it.each([
    ['a plain message', 'Failed to fetch', 'Failed to fetch'],
    ['a token', `cannot use ${TOKEN}!`, 'cannot use [token]!'],
    ['two tokens', `${TOKEN} ${TOKEN}`, '[token] [token]'],
    ['an unsigned token', `${TOKEN.split('.').slice(0, 2).join('.')}.`, '[token]'],
    ['an API key', `key ${KEY} refused`, 'key [api key] refused'],
    ['an admin key in capitals', `${['UP', 'ADMIN', 'X1-y'].join('_')} refused`, '[api key] refused'],
    ['a Bearer', 'Authorization: Bearer abc, x', 'Authorization: Bearer [token], x'],
    ['a query', 'GET https://a.example/b?jwt=1&x=2 failed', 'GET https://a.example/b?[query] failed'],
    ['an opaque secret', `got ${'aB3+/_-='.repeat(5)}`, 'got [secret]'],
    ['a word that is no secret', 'x'.repeat(39), 'x'.repeat(39)],
    ['a question', 'is it there? yes', 'is it there? yes'],
  ])('of %s is fit for a log', (_what, text, clean) => expect(scrub(text)).toBe(clean));

  it('ends after 200 characters', () => {
    expect(scrub('a b '.repeat(500))).toBe('a b '.repeat(50));
  });

  it('holds nothing of a token however much text stands before it', () => {
    for (let length = 0; length < 260; length += 7) {
      expect(scrub(`${'a '.repeat(length)}${TOKEN}`)).not.toContain(TOKEN.slice(0, 12));
    }
  });
});
