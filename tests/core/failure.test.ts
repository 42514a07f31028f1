import { describe, expect, it } from 'vitest';
import { ERROR_CODES, UpsolveTenantError } from '../../src/core/errors';
import { judgeFailure, judgeNoProgress, parseFailure, parseThrown } from '../../src/core/failure';

const calm = { hasUsableToken: false, hasAnswered: false };
const judge = (
  error: UpsolveTenantError,
  before: Parameters<typeof judgeFailure>[1],
  circumstances = calm,
): ReturnType<typeof judgeFailure> => judgeFailure(error, before, circumstances, () => 0);
const held = { remainingMs: 3_600_000, endsAtMs: 3_600_000, usableUntilMs: 3_595_000 };

describe('a failed attempt', () => {
  it.each(ERROR_CODES)('that is %s follows its code', (code) => {
    const error = new UpsolveTenantError(code);
    const verdict = judge(error, null, calm);
    expect(verdict.retryInMs).toBe(error.retryable ? 500 : null);
    expect(verdict.isDropped).toBe(['unauthenticated', 'token_expired', 'forbidden', 'tenant_mismatch'].includes(code));
  });

  it('counts on in its streak, and tells the count as its attempt', () => {
    const before = { error: new UpsolveTenantError('network'), count: 4 };
    const { failure } = judge(
      new UpsolveTenantError('server', { status: 503, cause: new TypeError('no') }),
      before,
      calm,
    );
    expect(failure).toMatchObject({
      count: 5,
      error: { code: 'server', status: 503, attempt: 5, cause: { name: 'TypeError', message: 'no' } },
    });
  });

  it('keeps what the app said in its own error', () => {
    const given = new UpsolveTenantError('server', { message: 'Down.', retryable: false, retryAfterMs: 3 });
    expect(judge(given, null, calm)).toMatchObject({
      failure: { error: { message: 'Down.', retryable: false, retryAfterMs: 3 } },
      retryInMs: null,
    });
  });

  it('may be asked again earlier by a wake only where nobody asked to wait', () => {
    const error = new UpsolveTenantError('server');
    expect(judge(error, null, calm).canBePulled).toBe(true);
    expect(judge(error, null, { ...calm, hasAnswered: true }).canBePulled).toBe(false);
    const waiting = new UpsolveTenantError('server', { retryAfterMs: 0 });
    expect(judge(waiting, null, calm)).toMatchObject({ canBePulled: false, retryInMs: 1_000 });
  });
});

describe('an answer with the token in use', () => {
  const at = (
    nowMs: number,
    before: Parameters<typeof judgeNoProgress>[1] = null,
  ): ReturnType<typeof judgeNoProgress> =>
    judgeNoProgress(held, before, { nowMs, refreshLeadMs: 300_000, refreshAtMs: 3_310_000 });

  it('is fine before the lead: the refresh stays planned, 30 s away at least', () => {
    expect(at(0)).toEqual({ failure: null, retryInMs: 3_310_000, canBePulled: false, isDropped: false });
    expect(at(3_299_999).retryInMs).toBe(30_000);
    expect(at(3_299_999).failure).toBeNull();
  });

  it('is token_not_renewed inside the lead, again in 30 s, and the failure count stands', () => {
    expect(at(3_300_000)).toMatchObject({
      failure: { error: { code: 'token_not_renewed', attempt: 1 }, count: 0 },
      retryInMs: 30_000,
      canBePulled: false,
      isDropped: false,
    });
    const before = { error: new UpsolveTenantError('server'), count: 2 };
    expect(at(3_300_000, before).failure).toMatchObject({ error: { attempt: 3 }, count: 2 });
  });
});

describe('an answer that is no success', () => {
  it.each([
    [199, true],
    [304, true],
    [402, false],
    [418, false],
  ])('and has no code of its own is invalid_response: of %i asking again helps: %s', (status, retryable) => {
    expect(parseFailure({ status, body: {} })).toMatchObject({ code: 'invalid_response', status, retryable });
  });

  it('may hold what is no text', () => {
    const body = { code: {}, error: Object.create(null) as unknown, message: Symbol('x') };
    expect(parseFailure({ status: 401, body })).toMatchObject({ code: 'unauthenticated' });
  });
});

it('what was thrown with a status is judged by it, and by what came with it', () => {
  expect(parseThrown({ status: 429 })).toMatchObject({ code: 'rate_limited', status: 429 });
  const data = { error: 'Token expired' };
  expect(parseThrown({ response: { status: 401, data } })).toMatchObject({ code: 'token_expired', status: 401 });
});

describe('what a server or somebody’s library says', () => {
  it.each([
    'server',
    'timeout',
    'rate_limited',
    'invalid_api_key',
    'unauthenticated',
    'token_expired',
    'forbidden',
    'origin_not_allowed',
    'tenant_mismatch',
    'invalid_tenant_configuration',
    'not_found',
  ] as const)('a body that names %s is that, whatever its status', (code) => {
    expect(parseFailure({ status: 418, body: { error: 'No', code } }).code).toBe(code);
    expect(parseFailure({ status: 418, body: { error: 'No', code: `${code}s` } }).code).toBe('invalid_response');
  });

  it('Upsolve’s own text about prefilters is a wrong configuration, whatever its status', () => {
    const body = { message: 'Missing required prefilters' };
    expect(parseFailure({ status: 500, body }).code).toBe('invalid_tenant_configuration');
  });

  it('a page that was thrown with its status is read as a page', () => {
    const thrown = (data: unknown) => parseThrown({ response: { status: 403, data } }).code;
    expect(thrown('\n <!doctype html>')).toBe('invalid_response');
    expect(thrown('Forbidden')).toBe('forbidden');
    expect(thrown('a < b <')).toBe('forbidden');
  });

  it.each([
    [299, 'network'],
    [300, 'invalid_response'],
    [599, 'server'],
    [600, 'network'],
  ] as const)('a thrown status %i is %s', (status, code) => {
    expect(parseThrown({ status }).code).toBe(code);
  });

  it('a 4xx that nobody knows stops, another strange status does not', () => {
    const isRetried = (status: number) => parseFailure({ status, body: {} }).retryable;
    expect([399, 402, 418].map(isRetried)).toEqual([true, false, false]);
  });
});
