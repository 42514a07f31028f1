import { createTokenMemory, isExpiryAssumed, judgeAnswer, remainingMs } from '../core/acceptance';
import type { TenantAnswer } from '../core/answer';
import { diagnoseFailure } from '../core/diagnosis';
import { UpsolveTenantError } from '../core/errors';
import { LONGEST_LIFE_MS } from '../core/schedule';
import type { Findings } from './findings';
import { describeDuration } from './judgeFields';
import type { Play } from './wire';

/** Clocks that are so near agree: `Date` has whole seconds, and an answer takes its time. */
const AGREEMENT_MS = 5_000;
/** What two clocks of one house may differ by before a token ends at the wrong moment. */
const TOLERANCE_MS = 60_000;
const QUARTER_MS = 15 * 60_000;

const formatInstant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
const isQuarters = (ms: number): boolean =>
  Math.abs(ms) > QUARTER_MS / 2 && Math.abs(ms - Math.round(ms / QUARTER_MS) * QUARTER_MS) < TOLERANCE_MS;

/**
 * Compares all that an answer says of time with itself, with the token's own claims and with this machine's clock. Returns
 * the server's own time at receipt, as far as a page is told any.
 */
export function judgeTime(
  step: string,
  answer: TenantAnswer,
  play: Play,
  findings: Findings,
  wanted: { readonly tenantId: string | undefined; readonly isMinted: boolean; readonly canReadDate: boolean },
): number | undefined {
  const { serverTimeMs, claims, expiresAtMs, expiresInMs } = answer;
  const dateMs = play.received?.serverNowMs;
  const serverNowMs = serverTimeMs ?? (wanted.canReadDate ? dateMs : undefined);
  const nowMs = serverTimeMs ?? dateMs ?? play.receivedAtMs;

  const apartMs = (serverTimeMs ?? 0) - (dateMs ?? 0);
  const areApart = serverTimeMs !== undefined && dateMs !== undefined && Math.abs(apartMs) > AGREEMENT_MS;
  if (serverTimeMs !== undefined && dateMs !== undefined) {
    if (areApart) {
      findings.fault(step, `serverTime and the Date header are ${describeDuration(apartMs)} apart`, {
        value: `${formatInstant(serverTimeMs)} and ${formatInstant(dateMs)}`,
        cure: isQuarters(apartMs)
          ? 'It looks like local time sent as UTC: send the zone that belongs to it.'
          : 'Take both from one clock, at the moment of the answer.',
      });
    } else findings.holds(step, 'serverTime and the Date header agree');
  }

  const ends = { expiresAt: expiresAtMs, expiresIn: expiresInMs === undefined ? undefined : nowMs + expiresInMs };
  const ownEndMs = claims?.expiresAtMs;
  for (const [field, endMs] of Object.entries(ends)) {
    if (endMs === undefined || ownEndMs === undefined) continue;
    judgeStatedEnd(step, field, endMs - ownEndMs, { answer, nowMs }, findings);
  }
  if (ownEndMs === undefined && expiresInMs !== undefined && expiresInMs > LONGEST_LIFE_MS) {
    findings.fault(step, `expiresIn says ${describeDuration(expiresInMs)}`, {
      value: expiresInMs / 1_000,
      cure: 'It looks like milliseconds. Send seconds: 3600 is an hour.',
    });
  }
  if (claims?.issuedAtMs !== undefined) judgeIssue(step, claims.issuedAtMs - nowMs, wanted.isMinted, findings);
  if (serverNowMs !== undefined && !areApart) judgeOwnClock(step, play.receivedAtMs - serverNowMs, findings);
  judgeUse(step, answer, play, serverNowMs, wanted.tenantId, findings);
  return serverNowMs;
}

/** `byMs`: how much later than the token's own end. */
function judgeStatedEnd(
  step: string,
  field: string,
  byMs: number,
  { answer, nowMs }: { answer: TenantAnswer; nowMs: number },
  findings: Findings,
): void {
  const leftMs = (answer.claims?.expiresAtMs ?? nowMs) - nowMs;
  const { expiresInMs = 0, expiresAtMs = 0 } = answer;
  const value = field === 'expiresIn' ? expiresInMs / 1_000 : formatInstant(expiresAtMs);
  if (Math.abs(byMs) <= TOLERANCE_MS) {
    findings.holds(step, `${field} agrees with the token's own end`);
    return;
  }
  // As many milliseconds as it says seconds would be about right.
  const isMs = field === 'expiresIn' && Math.abs(expiresInMs / 1_000 - leftMs) < leftMs / 2;
  const cure = isMs
    ? 'It looks like milliseconds. Send seconds: 3600 is an hour.'
    : field === 'expiresAt' && isQuarters(byMs)
      ? 'It looks like local time sent as UTC: send the zone that belongs to it.'
      : 'Read it from the exp of the token, or send what the token has left at the moment of the answer.';
  const message = `${field} ends the token ${describeDuration(byMs)} ${byMs > 0 ? 'later' : 'sooner'} than its own exp`;
  if (byMs > 0 || isMs || isQuarters(byMs)) findings.fault(step, message, { value, cure });
  else findings.advise(step, message, { value, cure });
}

/** `aheadMs`: how much later than the server's time the token says that it was minted. */
function judgeIssue(step: string, aheadMs: number, isMinted: boolean, findings: Findings): void {
  const cure = 'Set the clock of the backend by NTP, or give serverTime by the clock of whoever signs the token.';
  if (aheadMs > AGREEMENT_MS) {
    const message = `The token was minted ${describeDuration(aheadMs)} after the server's own time`;
    if (aheadMs > TOLERANCE_MS) findings.fault(step, message, { cure });
    else findings.advise(step, message, { cure });
  } else if (isMinted && aheadMs < -TOLERANCE_MS) {
    findings.fault(step, `The token was minted ${describeDuration(aheadMs)} before the server's own time`, {
      cure: `Mint a new one for each refresh. If it is new, the clocks differ. ${cure}`,
    });
  } else findings.holds(step, `iat agrees with the server's time`);
}

function judgeOwnClock(step: string, aheadMs: number, findings: Findings): void {
  if (Math.abs(aheadMs) <= TOLERANCE_MS) return;
  findings.advise(step, `This machine's clock and the server's are ${describeDuration(aheadMs)} apart`, {
    cure: "One of them is wrong. A page corrects its own by serverTime, but nobody corrects the server's.",
  });
}

/** What the client does with it, by the client's own code. */
function judgeUse(
  step: string,
  answer: TenantAnswer,
  play: Play,
  serverNowMs: number | undefined,
  tenantId: string | undefined,
  findings: Findings,
): void {
  const { sentAtMs, receivedAtMs } = play;
  const receipt = { sentAtMs, nowMs: receivedAtMs, localNowMs: receivedAtMs, serverNowMs };
  const memory = {
    tenantId,
    echo: undefined,
    held: null,
    deadMint: undefined,
    serverAheadMs: undefined,
    tokens: createTokenMemory(),
  };
  try {
    if (judgeAnswer(answer, receipt, memory).kind === 'dead') throw new UpsolveTenantError('token_expired_on_arrival');
    const leftMs = remainingMs(answer, serverNowMs ?? receivedAtMs);
    findings.holds(
      step,
      `The client shows it for ${describeDuration(leftMs)}${isExpiryAssumed(answer) ? ', a guess' : ''}`,
    );
  } catch (thrown) {
    const error = thrown as UpsolveTenantError;
    const isMismatch = error.code === 'tenant_mismatch';
    const { what, cure } = diagnoseFailure(error);
    const ownEndMs = answer.claims?.expiresAtMs ?? answer.expiresAtMs;
    const value = isMismatch ? answer.tenantId : ownEndMs && `ended ${formatInstant(ownEndMs)}`;
    findings.fault(step, isMismatch ? `tenantId is not ${tenantId ?? ''}, which was asked for` : what, { value, cure });
  }
}
