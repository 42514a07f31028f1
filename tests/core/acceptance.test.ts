import { describe, expect, it } from 'vitest';
import { type AcceptanceMemory, createTokenMemory, type HeldToken, judgeAnswer } from '../../src/core/acceptance';
import type { TenantAnswer } from '../../src/core/answer';

const HOUR = 3_600_000;
const NOW = Date.UTC(2030, 0, 1);
/** Steady time now. */
const AT = 50_000;
const receipt = { sentAtMs: AT, nowMs: AT, localNowMs: NOW, serverNowMs: NOW };
const silent = { ...receipt, serverNowMs: undefined };
const jwt = (issuedAtMs: number, said: Partial<TenantAnswer> = {}): TenantAnswer => ({
  token: `jwt-${issuedAtMs}`,
  claims: { issuedAtMs, expiresAtMs: issuedAtMs + HOUR },
  ...said,
});
const opaque = (said: Partial<TenantAnswer> = {}): TenantAnswer => ({ token: 'opaque', ...said });
const fresh = (more: Partial<AcceptanceMemory> = {}): AcceptanceMemory => ({
  tenantId: 'acme',
  echo: undefined,
  held: null,
  deadMint: undefined,
  serverAheadMs: undefined,
  tokens: createTokenMemory(),
  ...more,
});
/** A memory in which this answer's token is in use. */
function using(answer: TenantAnswer, more: Partial<AcceptanceMemory> = {}): AcceptanceMemory & { held: HeldToken } {
  const memory = fresh(more);
  const judged = judgeAnswer(answer, receipt, memory);
  if (judged.kind !== 'accepted') throw new Error(`It is ${judged.kind}.`);
  return { ...memory, held: judged.held };
}

describe('a token', () => {
  it('is accepted with its end, less the guard', () => {
    expect(using(jwt(NOW)).held).toMatchObject({
      remainingMs: HOUR,
      endsAtMs: AT + HOUR,
      usableUntilMs: AT + HOUR - 5_000,
    });
    expect(using(opaque({ expiresAtMs: NOW + 10_000 })).held.usableUntilMs).toBe(AT + 9_000);
  });

  it.each<[string, TenantAnswer, Partial<AcceptanceMemory>]>([
    ['echoed', jwt(NOW, { tenantId: 'beta' }), {}],
    ['pinned', jwt(NOW, { tenantId: 'beta' }), { tenantId: undefined, echo: 'acme' }],
  ])('of another tenant than the one %s is refused', (_which, answer, memory) => {
    expect(() => judgeAnswer(answer, receipt, fresh(memory))).toThrow(
      expect.objectContaining({ code: 'tenant_mismatch' }),
    );
  });

  it('that was accepted under another id is refused, while it is one of the two newest', () => {
    const memory = using(jwt(NOW));
    const asBeta = { ...memory, tenantId: 'beta', held: null };
    expect(() => judgeAnswer(jwt(NOW), receipt, asBeta)).toThrow(expect.objectContaining({ code: 'tenant_mismatch' }));
    judgeAnswer(jwt(NOW + 1_000), receipt, asBeta);
    expect(() => judgeAnswer(jwt(NOW), receipt, asBeta)).toThrow();
    judgeAnswer(jwt(NOW + 2_000), receipt, asBeta);
    expect(judgeAnswer(jwt(NOW), receipt, asBeta).kind).toBe('accepted');
  });

  it('that is older by iat than the one in use is refused, and a newer one of another form is not', () => {
    const memory = using(jwt(NOW));
    expect(() => judgeAnswer(jwt(NOW - 1_000), receipt, memory)).toThrow(
      expect.objectContaining({ code: 'token_not_renewed' }),
    );
    expect(judgeAnswer({ ...jwt(NOW), token: 'of the same second' }, receipt, memory).kind).toBe('accepted');
    expect(judgeAnswer(opaque({ expiresAtMs: NOW + 60_000 }), receipt, memory).kind).toBe('accepted');
    const held = using(opaque({ expiresAtMs: NOW + HOUR }));
    expect(judgeAnswer(jwt(NOW), receipt, held).kind).toBe('accepted');
  });

  it('that had ended before it came is dead, and one with a guard to spare is not', () => {
    expect(judgeAnswer(jwt(NOW - HOUR + 1_000), receipt, fresh()).kind).toBe('dead');
    expect(judgeAnswer(jwt(NOW - HOUR + 1_001), receipt, fresh()).kind).toBe('accepted');
    expect(judgeAnswer(opaque({ expiresInMs: 0 }), receipt, fresh()).kind).toBe('dead');
  });

  it('counts for a day at most, taken anew at each receipt', () => {
    const answer = opaque({ expiresInMs: 48 * HOUR });
    const memory = using(answer);
    expect(memory.held.remainingMs).toBe(24 * HOUR);
    const later = { ...receipt, sentAtMs: AT + HOUR, nowMs: AT + HOUR };
    expect(judgeAnswer(answer, later, memory)).toMatchObject({ kind: 'accepted', held: { endsAtMs: AT + 25 * HOUR } });
  });
});

describe('the end of the token in use', () => {
  it.each([
    ['a JWT by an earlier server time', jwt(NOW - 600_000), { serverNowMs: NOW - 300_000 }, {}],
    ['an opaque one by another expiresAt', opaque({ expiresAtMs: NOW + HOUR }), {}, { expiresAtMs: NOW + 2 * HOUR }],
    ['an opaque one by another expiresIn', opaque({ expiresInMs: HOUR }), {}, { expiresInMs: 2 * HOUR }],
  ])('never moves later: %s', (_what, answer, said, again) => {
    const memory = using(answer);
    const judged = judgeAnswer({ ...answer, ...again }, { ...receipt, ...said }, memory);
    expect(judged).toEqual({ kind: 'unchanged', held: memory.held });
  });

  it.each([
    ['at once', 0],
    ['in four seconds', 4_000],
  ])('moves sooner where a server that answers %s says so, by more than it may have rounded', (_what, tookMs) => {
    const answer = opaque({ expiresInMs: HOUR });
    const memory = using(answer);
    const judge = (expiresInMs: number): string =>
      judgeAnswer({ ...answer, expiresInMs }, { ...receipt, sentAtMs: AT - tookMs }, memory).kind;
    // What the answer took is no news, for it may all have been the way back.
    expect([judge(HOUR), judge(HOUR - 1_000), judge(HOUR - 1_001)]).toEqual(['unchanged', 'unchanged', 'accepted']);
    expect(judge(0)).toBe('dead');
  });

  it('is not moved by this page’s clock alone, where the same is stated again', () => {
    const memory = using(jwt(NOW));
    expect(judgeAnswer(jwt(NOW), { ...silent, localNowMs: NOW + 2 * HOUR }, memory).kind).toBe('unchanged');
    expect(judgeAnswer(jwt(NOW, { expiresInMs: 60_000 }), { ...silent, localNowMs: NOW }, memory)).toMatchObject({
      kind: 'accepted',
      held: { remainingMs: 60_000 },
    });
    expect(judgeAnswer({ ...jwt(NOW), token: 'other' }, { ...silent, localNowMs: NOW + 2 * HOUR }, memory).kind).toBe(
      'dead',
    );
  });
});

describe('a clock that is ahead, of a page that knows no server time', () => {
  const ahead = { ...silent, localNowMs: NOW + 2 * HOUR };
  const before = { token: 'first', issuedAtMs: NOW - 40_000, sentAtMs: AT - 40_000 };

  it.each([-5_000, 0, 5_000])('is found by two mints as far apart as they were asked for, here by %i ms', (byMs) => {
    const deadMint = { ...before, issuedAtMs: before.issuedAtMs + byMs };
    expect(judgeAnswer(jwt(NOW), ahead, fresh({ deadMint }))).toMatchObject({
      kind: 'accepted',
      held: { remainingMs: HOUR },
      serverAheadMs: NOW - AT,
    });
  });

  it.each([
    ['no mint came before', undefined],
    ['it is the same token', { ...before, token: `jwt-${NOW}` }],
    ['its iat stood still', { ...before, issuedAtMs: NOW }],
    ['it is 5,001 ms off', { ...before, issuedAtMs: before.issuedAtMs + 5_001 }],
  ])('is not where %s', (_why, deadMint) => {
    expect(judgeAnswer(jwt(NOW), ahead, fresh({ deadMint })).kind).toBe('dead');
  });
});
