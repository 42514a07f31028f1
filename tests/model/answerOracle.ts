import type { Clock } from '../../src/core/schedule';
import { isUpsolveTenantError } from '../../src/core/errors';
import type { createHolder, JudgedAnswer } from '../../src/core/holder';
import { DAY_MS, type RuledAnswer, ruleAnswer } from './answerRules';
import { judgeFlags } from './judgeFlags';
import type { Exchange } from './parserExchanges';

/** Judges what was made of one answer after another, by the rules as `answerRules.ts` says them. */
export interface AnswerOracle {
  judgeRefused(answer: Exchange['answer'], body: unknown, thrown: unknown): void;
  /** Takes what is accepted into use, and looks at it there too. */
  judgeTaken(answer: Exchange['answer'], body: unknown, judged: JudgedAnswer, sentAtMs: number): void;
}

export interface AnswerOracleParts {
  readonly tenantId: string | undefined;
  readonly clock: Clock;
  readonly now: () => number;
  readonly holder: ReturnType<typeof createHolder>;
}

type Good = Extract<RuledAnswer, { refusal?: undefined }>;

/** Moments are sums of fractions. */
const ROUNDING_MS = 1;

export function createAnswerOracle({ tenantId, clock, now, holder }: AnswerOracleParts): AnswerOracle {
  let pinned: string | undefined;
  let inUse: { token: string; issuedMs: number | undefined; untilMs: number } | undefined;
  /** Of a first answer its own statements say all; later ones are compared with what is known. */
  let isFirst = true;

  function ruleFor(answer: Exchange['answer'], body: unknown): RuledAnswer {
    const headers = answer.via === 'http' ? new Headers(answer.headers) : undefined;
    return ruleAnswer(body, headers, clock.now());
  }

  const isOther = (id: string | undefined): boolean =>
    id !== undefined && [tenantId, pinned].some((known) => known !== undefined && known !== id);

  function judgeLife({ leftMs, lifeMs, isServerTimeKnown }: Good, judged: JudgedAnswer, sentAtMs: number): void {
    const { acceptance } = judged;
    // A page without server time may find its own clock wrong, and then the whole life is left at most.
    const mostMs = isFirst || isServerTimeKnown ? leftMs : Math.min(lifeMs, DAY_MS);
    if (acceptance.kind === 'dead') {
      if (isFirst && leftMs - guardOf(leftMs) > now() - sentAtMs) fail(`dead with ${leftMs} ms left`);
      return;
    }
    if (acceptance.kind !== 'accepted') return;
    const { remainingMs, endsAtMs, usableUntilMs } = acceptance.held;
    if (![remainingMs, endsAtMs, usableUntilMs].every(Number.isFinite)) fail('an end that is no number');
    if (remainingMs > lifeMs) fail(`${remainingMs} ms left of a life of ${lifeMs}`);
    if (remainingMs > DAY_MS) fail('over a day left');
    if (remainingMs > mostMs + ROUNDING_MS) fail(`${remainingMs} ms left where the rules say ${mostMs}`);
    if (isFirst && remainingMs < mostMs - ROUNDING_MS)
      fail(`only ${remainingMs} ms left where the rules say ${mostMs}`);
    if (Math.abs(endsAtMs - sentAtMs - remainingMs) > ROUNDING_MS) fail('it does not age from the request on');
    if (!(usableUntilMs > now())) fail('accepted and not usable');
    if (endsAtMs - usableUntilMs < guardOf(remainingMs) - ROUNDING_MS) fail('used up to its last moment');
  }

  function judgeInUse({ token, flags, tenantId: echo }: Good): void {
    const { tenant, held } = holder.get();
    if (!tenant || !held) return fail('accepted and not there');
    if (tenant.token !== token) fail('another token than the accepted one');
    if (tenant.id !== (echo ?? tenantId)) fail(`the tenant ${tenant.id}`);
    const endsMs = clock.now() + held.endsAtMs - now();
    if (Math.abs(tenant.expiresAt.getTime() - endsMs) > ROUNDING_MS) fail('expiresAt is another moment than its end');
    judgeFlags(tenant.permissions, flags);
  }

  return {
    judgeRefused(answer, body, thrown) {
      const ruled = ruleFor(answer, body);
      const { code } = isUpsolveTenantError(thrown) ? thrown : { code: undefined };
      if (ruled.refusal !== undefined) {
        if (code === 'tenant_mismatch' && !JSON.stringify(body)?.includes('tenant_mismatch')) fail('a wrong refusal');
      } else if (code === 'tenant_mismatch') {
        if (!isOther(ruled.tenantId)) fail('the right tenant is refused');
      } else if (code === 'token_not_renewed') {
        if (!isOlder(ruled)) fail('a token is refused that is not older');
      } else fail(`a good answer is refused: ${code}`);
      isFirst = false;
    },
    judgeTaken(answer, body, judged, sentAtMs) {
      const ruled = ruleFor(answer, body);
      if (ruled.refusal !== undefined) return fail(`taken, where it must be refused: ${ruled.refusal}`);
      const { kind } = judged.acceptance;
      if (judged.answer.token !== ruled.token) fail('another token was read');
      if (isOther(ruled.tenantId)) fail('a token of another tenant');
      judgeLife(ruled, judged, sentAtMs);
      isFirst = false;
      if (kind === 'dead') return;
      if (kind === 'unchanged' && !(inUse?.token === ruled.token && inUse.untilMs > now())) fail('nothing to keep');
      if (kind === 'accepted' && isOlder(ruled)) fail('a token that is older than the one in use');
      holder.accept(judged);
      pinned ??= ruled.tenantId;
      const { usableUntilMs: untilMs } = holder.get().held!;
      if (kind !== 'accepted') return;
      inUse = { token: ruled.token, issuedMs: ruled.issuedMs, untilMs };
      judgeInUse(ruled);
    },
  };

  function isOlder({ issuedMs }: Good): boolean {
    const isUsable = inUse !== undefined && inUse.untilMs > now();
    return isUsable && issuedMs !== undefined && issuedMs < (inUse?.issuedMs ?? Number.NEGATIVE_INFINITY);
  }
}

/** min(5 s, max(1 s, remaining/10)). */
function guardOf(leftMs: number): number {
  if (leftMs <= 10_000) return 1_000;
  return leftMs >= 50_000 ? 5_000 : leftMs / 10;
}

function fail(what: string): never {
  throw new Error(`wrong: ${what}`);
}
