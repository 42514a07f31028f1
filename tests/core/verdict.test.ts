import { describe, expect, it } from 'vitest';
import { ERROR_CODES, UpsolveTenantError } from '../../src/core/errors';
import type { HeldToken } from '../../src/core/judgeAnswer';
import { judgeAttemptFailure, judgeNoProgress } from '../../src/core/verdict';

const calm = { hasUsableToken: false, hasFloor: false, random: () => 0 };
const held: HeldToken = {
  token: 'x',
  remainingMs: 3_600_000,
  sentAtMs: 0,
  endsAtMs: 3_600_000,
  usableUntilMs: 3_595_000,
};

describe('a failed attempt', () => {
  it.each(ERROR_CODES)('that is %s follows its code', (code) => {
    const error = new UpsolveTenantError(code);
    const verdict = judgeAttemptFailure(error, null, calm);
    expect(verdict.retryInMs).toBe(error.retryable ? 500 : null);
    expect(verdict.isDropped).toBe(['unauthenticated', 'token_expired', 'forbidden', 'tenant_mismatch'].includes(code));
  });

  it('counts on in its streak, and tells the count as its attempt', () => {
    const before = { error: new UpsolveTenantError('network'), count: 4 };
    const { failure } = judgeAttemptFailure(
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
    expect(judgeAttemptFailure(given, null, calm)).toMatchObject({
      failure: { error: { message: 'Down.', retryable: false, retryAfterMs: 3 } },
      retryInMs: null,
    });
  });

  it('may be asked again earlier by a wake only where nobody asked to wait', () => {
    const error = new UpsolveTenantError('server');
    expect(judgeAttemptFailure(error, null, calm).canBePulled).toBe(true);
    expect(judgeAttemptFailure(error, null, { ...calm, hasFloor: true }).canBePulled).toBe(false);
    const waiting = new UpsolveTenantError('server', { retryAfterMs: 0 });
    expect(judgeAttemptFailure(waiting, null, calm)).toMatchObject({ canBePulled: false, retryInMs: 1_000 });
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
