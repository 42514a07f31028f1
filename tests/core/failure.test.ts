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
