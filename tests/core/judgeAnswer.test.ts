import { describe, expect, it } from 'vitest';
import { type AnswerMemory, type HeldToken, judgeAnswer } from '../../src/core/judgeAnswer';
import type { TenantAnswer } from '../../src/core/parseTenant';

const HOUR = 3_600_000;
const NOW = Date.UTC(2030, 0, 1);
/** Steady time now. */
const AT = 50_000;
const receipt = { sentAtMs: AT, localNowMs: NOW, serverNowMs: NOW };
const fresh: AnswerMemory = {
  tenantId: 'acme',
  pinnedTenantId: undefined,
  held: null,
  lastMint: undefined,
  isForeign: false,
  nowMs: AT,
};
const jwt = (issuedAtMs: number, said: Partial<TenantAnswer> = {}): TenantAnswer => ({
  token: `jwt-${issuedAtMs}`,
  claims: { issuedAt: issuedAtMs / 1_000, expiresAt: (issuedAtMs + HOUR) / 1_000 },
  ...said,
});
const opaque = (said: Partial<TenantAnswer> = {}): TenantAnswer => ({ token: 'opaque', ...said });
function hold(answer: TenantAnswer): HeldToken {
  const judgement = judgeAnswer(answer, receipt, fresh);
  if (judgement.kind !== 'accepted') throw new Error(`It is ${judgement.kind}.`);
  return judgement.held;
}

describe('an answer', () => {
  it('is accepted with its end, less the guard', () => {
    expect(hold(jwt(NOW))).toEqual({
      token: `jwt-${NOW}`,
      remainingMs: HOUR,
      sentAtMs: AT,
      endsAtMs: AT + HOUR,
      usableUntilMs: AT + HOUR - 5_000,
      order: NOW / 1_000,
    });
    expect(hold(opaque({ expiresAtMs: NOW + 10_000 }))).toMatchObject({
      order: NOW + 10_000,
      usableUntilMs: AT + 9_000,
    });
    expect(hold(opaque({ expiresInMs: HOUR }))).not.toHaveProperty('order');
  });

  it.each([
    ['echoed', jwt(NOW, { tenantId: 'beta' }), {}],
    ['echoed, though it is the first that was', jwt(NOW, { tenantId: 'beta' }), { pinnedTenantId: 'beta' }],
    ['asked for, though another one was pinned', jwt(NOW, { tenantId: 'acme' }), { pinnedTenantId: 'beta' }],
    ['pinned', jwt(NOW, { tenantId: 'beta' }), { tenantId: undefined, pinnedTenantId: 'acme' }],
    ['that the token was held under', jwt(NOW), { isForeign: true }],
  ])('is refused for another tenant than the one %s', (_which, answer, memory) => {
    expect(() => judgeAnswer(answer, receipt, { ...fresh, ...memory })).toThrow(
      expect.objectContaining({ code: 'tenant_mismatch' }),
    );
  });

  it.each([
    ['echoes ours', { tenantId: 'acme' }, {}],
    ['echoes the pinned one', { tenantId: 'acme' }, { tenantId: undefined, pinnedTenantId: 'acme' }],
    ['echoes none', {}, { pinnedTenantId: 'acme' }],
    ['echoes any in an app with one tenant', { tenantId: 'beta' }, { tenantId: undefined }],
  ])('is accepted where it %s', (_what, said, memory) => {
    expect(judgeAnswer(jwt(NOW, said), receipt, { ...fresh, ...memory }).kind).toBe('accepted');
  });

  it('is unchanged where it is the token in use with the end it had', () => {
    for (const answer of [jwt(NOW), opaque({ expiresAtMs: NOW + HOUR }), opaque()]) {
      expect(judgeAnswer(answer, receipt, { ...fresh, held: hold(answer) })).toEqual({ kind: 'unchanged' });
    }
  });

  it('is accepted again where the server’s time moves the end of the token in use by more than 5 s', () => {
    const token = jwt(NOW - 60_000);
    const held = hold(token);
    const judge = (byMs: number, slowMs = 0) => {
      const serverNowMs = NOW - byMs;
      return judgeAnswer(token, { ...receipt, serverNowMs }, { ...fresh, held, nowMs: AT + slowMs }).kind;
    };
    expect([5_000, 5_001, -5_000, -5_001].map((byMs) => judge(byMs))).toEqual([
      'unchanged',
      'accepted',
      'unchanged',
      'accepted',
    ]);
    expect(judge(-9_000, 4_000), 'what a slow request takes off is no news').toBe('unchanged');
    expect(judge(-9_001, 4_000)).toBe('accepted');
    expect(judge(-HOUR), 'it has ended').toBe('dead');
  });

  it('is unchanged where only this page’s clock moves the end of the token in use', () => {
    const behind = { ...receipt, serverNowMs: undefined, localNowMs: NOW - 60_000 };
    expect(judgeAnswer(jwt(NOW), behind, { ...fresh, held: { ...hold(jwt(NOW)), endsAtMs: AT + 60_000 } }).kind).toBe(
      'unchanged',
    );
    const ahead = { ...receipt, serverNowMs: undefined, localNowMs: NOW + 2 * HOUR };
    expect(judgeAnswer(jwt(NOW), ahead, { ...fresh, held: hold(jwt(NOW)) }).kind).toBe('unchanged');
    const sooner = judgeAnswer({ ...jwt(NOW), expiresInMs: 60_000 }, ahead, { ...fresh, held: hold(jwt(NOW)) });
    expect(sooner).toMatchObject({ kind: 'accepted', held: { remainingMs: 60_000 } });
  });

  it('is accepted again where it states a sooner end of the token in use, of whatever clock', () => {
    const unknown = { ...receipt, serverNowMs: undefined };
    const judge = (said: Partial<TenantAnswer>, slowMs = 0) => {
      const token = opaque({ expiresAtMs: NOW + HOUR });
      const memory = { ...fresh, held: hold(token), nowMs: AT + slowMs };
      return judgeAnswer({ ...token, ...said }, unknown, memory);
    };
    expect(judge({ expiresInMs: 60_000 })).toMatchObject({ kind: 'accepted', held: { endsAtMs: AT + 60_000 } });
    expect(judge({ expiresInMs: HOUR - 5_001 }).kind).toBe('accepted');
    expect(judge({ expiresInMs: HOUR - 5_000 }).kind).toBe('unchanged');
    expect(judge({ expiresInMs: HOUR - 9_000 }, 4_000).kind).toBe('unchanged');
    expect(judge({ expiresInMs: 0 }).kind).toBe('dead');
  });

  it.each([
    ['with a server’s time', receipt],
    ['without', { ...receipt, serverNowMs: undefined }],
  ])('is a new one where an opaque token in use is prolonged, %s', (_which, known) => {
    const held = hold(opaque({ expiresAtMs: NOW + HOUR }));
    const prolonged = judgeAnswer(opaque({ expiresAtMs: NOW + 2 * HOUR }), known, { ...fresh, held });
    expect(prolonged).toMatchObject({ kind: 'accepted', held: { remainingMs: 2 * HOUR } });
    const again = judgeAnswer(opaque({ expiresInMs: HOUR }), known, {
      ...fresh,
      held: hold(opaque({ expiresInMs: 1_800_000 })),
    });
    expect(again).toMatchObject({ kind: 'accepted', held: { remainingMs: HOUR } });
  });

  it('is unchanged where a lifetime stands beside the same end as before', () => {
    const unknown = { ...receipt, sentAtMs: AT + 60_000, localNowMs: NOW + 60_000, serverNowMs: undefined };
    for (const answer of [jwt(NOW), opaque({ expiresAtMs: NOW + HOUR })]) {
      const again = { ...answer, expiresInMs: HOUR - 60_000 };
      expect(judgeAnswer(again, unknown, { ...fresh, held: hold(answer), nowMs: AT + 60_000 }).kind).toBe('unchanged');
    }
  });

  it('is refused where it is older than the one in use, and only then', () => {
    const held = hold(jwt(NOW - 1_000));
    expect(() => judgeAnswer(jwt(NOW - 2_000), receipt, { ...fresh, held })).toThrow(
      expect.objectContaining({ code: 'token_not_renewed', message: 'The endpoint answered with an older token.' }),
    );
    const same = { ...jwt(NOW - 1_000), token: 'minted in the same second' };
    expect(judgeAnswer(same, receipt, { ...fresh, held }).kind).toBe('accepted');
    const over = { ...fresh, held, nowMs: held.usableUntilMs };
    expect(
      judgeAnswer(
        jwt(NOW - 2_000),
        { ...receipt, sentAtMs: AT },
        { ...over, held: { ...held, usableUntilMs: AT }, nowMs: AT },
      ).kind,
    ).toBe('accepted');
    expect(judgeAnswer(jwt(NOW - 2_000), receipt, { ...fresh, held: hold(opaque({ expiresInMs: HOUR })) }).kind).toBe(
      'accepted',
    );
  });

  it('is dead where it may not be used by now', () => {
    expect(judgeAnswer(jwt(NOW - HOUR), receipt, fresh)).toEqual({ kind: 'dead' });
    expect(judgeAnswer(jwt(NOW - HOUR + 1_000), receipt, fresh)).toEqual({ kind: 'dead' });
    expect(judgeAnswer(jwt(NOW - HOUR + 2_000), receipt, fresh).kind).toBe('accepted');
    expect(judgeAnswer(jwt(NOW), receipt, { ...fresh, nowMs: AT + HOUR - 5_000 })).toEqual({ kind: 'dead' });
    expect(judgeAnswer(opaque({ expiresInMs: 0 }), receipt, fresh)).toEqual({ kind: 'dead' });
  });

  it('is dead where it is the token that was held, whose end nobody states and which is over', () => {
    const held = { ...hold(opaque()), usableUntilMs: AT };
    expect(judgeAnswer(opaque(), receipt, { ...fresh, held })).toEqual({ kind: 'dead' });
    expect(judgeAnswer(opaque({ token: 'another' }), receipt, { ...fresh, held }).kind).toBe('accepted');
    expect(judgeAnswer(opaque({ expiresInMs: HOUR }), receipt, { ...fresh, held }).kind).toBe('accepted');
  });

  it('lives no longer than was believed of its token before', () => {
    const known = judgeAnswer(jwt(NOW), receipt, { ...fresh, knownEndMs: AT + 60_000 });
    expect(known).toMatchObject({ kind: 'accepted', held: { remainingMs: 60_000, endsAtMs: AT + 60_000 } });
  });
});

describe('an answer without server time', () => {
  /** The page's clock runs ahead. */
  const ahead = (byMs: number): typeof receipt =>
    ({ sentAtMs: AT, localNowMs: NOW + byMs, serverNowMs: undefined }) as never;
  const before = { token: 'first', issuedAt: NOW / 1_000 - 40, sentAtMs: AT - 40_000 };

  it('of a fresh mint lives its whole life where the clock must be off, and the time is worked out', () => {
    expect(judgeAnswer(jwt(NOW), ahead(70 * 60_000), { ...fresh, lastMint: before })).toMatchObject({
      kind: 'accepted',
      held: { remainingMs: HOUR },
      inferred: { serverMs: NOW, atMs: AT },
    });
  });

  it.each([
    ['no mint came before', { lastMint: undefined }],
    ['it is the same token', { lastMint: { ...before, token: `jwt-${NOW}` } }],
    ['its iat did not move with time', { lastMint: { ...before, issuedAt: NOW / 1_000 } }],
  ])('is dead on such a clock where %s', (_why, memory) => {
    expect(judgeAnswer(jwt(NOW), ahead(70 * 60_000), { ...fresh, ...memory })).toEqual({ kind: 'dead' });
  });

  it('is doubted below half of its life and not from there on', () => {
    const judge = (byMs: number) => judgeAnswer(jwt(NOW), ahead(byMs), { ...fresh, lastMint: before });
    expect(judge(HOUR / 2)).toMatchObject({ held: { remainingMs: HOUR / 2 } });
    expect(judge(HOUR / 2)).not.toHaveProperty('inferred');
    expect(judge(HOUR / 2 + 1)).toMatchObject({ held: { remainingMs: HOUR }, inferred: { serverMs: NOW } });
  });

  it('is not doubted where the server tells the time', () => {
    const judgement = judgeAnswer(
      jwt(NOW),
      { ...ahead(0), serverNowMs: NOW + 45 * 60_000 },
      { ...fresh, lastMint: before },
    );
    expect(judgement).toMatchObject({ held: { remainingMs: 15 * 60_000 } });
    expect(judgement).not.toHaveProperty('inferred');
  });
});
