import fc from 'fast-check';
import { createTokenMemory } from '../../src/core/acceptance';
import { createHolder, type JudgedAnswer } from '../../src/core/holder';
import { readResponse, type ReceivedAnswer } from '../../src/core/response';
import { createSteadyClock } from '../../src/core/schedule';
import { judgeTold } from './judgeTold';
import { createAnswerOracle } from './answerOracle';
import { type Conversation, conversations, type Exchange } from './parserExchanges';
import { START_MS } from './parserTokens';

/** What the answers of all runs came to. */
export interface ParserStats {
  answers: number;
  accepted: number;
  unchanged: number;
  dead: number;
  /** An answer of its own that holds no acceptable token. */
  refused: number;
  /** Not a success, or no JSON. */
  failed: number;
}

export function createParserStats(): ParserStats {
  return { answers: 0, accepted: 0, unchanged: 0, dead: 0, refused: 0, failed: 0 };
}

/** Whatever a backend answers: nothing crashes, nothing is told of it, and what is accepted is right and ends in time. */
export function createParserProperty(stats: ParserStats): fc.IAsyncPropertyWithHooks<[Conversation]> {
  return fc.asyncProperty(conversations, (conversation) => converse(conversation, stats));
}

async function converse({ tenantId, wallOffsetMs, exchanges }: Conversation, stats: ParserStats): Promise<void> {
  let elapsedMs = 0;
  const clock = {
    now: () => START_MS + wallOffsetMs + elapsedMs,
    monotonicNow: () => elapsedMs,
    random: () => 0,
  };
  const now = createSteadyClock(clock);
  const holder = createHolder({ clock, now, tokens: createTokenMemory(), tell: () => undefined }, () => tenantId);
  const oracle = createAnswerOracle({ tenantId, clock, now, holder });

  let last: Exchange['answer'] | undefined;
  for (const { answer: given, isRepeated, gapMs, latencyMs } of exchanges) {
    const answer = (isRepeated ? last : undefined) ?? given;
    last = answer;
    elapsedMs += gapMs;
    const sentAtMs = now();
    elapsedMs += latencyMs;
    stats.answers += 1;
    const received = await receive(answer);
    if ('thrown' in received) {
      stats.failed += 1;
      judgeTold(received.thrown, answer);
      continue;
    }
    const judged = judge(holder, received, sentAtMs);
    if ('thrown' in judged) {
      stats.refused += 1;
      judgeTold(judged.thrown, answer);
      oracle.judgeRefused(answer, received.body, judged.thrown);
      continue;
    }
    stats[judged.acceptance.kind] += 1;
    oracle.judgeTaken(answer, received.body, judged, sentAtMs);
  }
}

type Holder = ReturnType<typeof createHolder>;
type Thrown = { readonly thrown: unknown };

/** A Response of a library's own making: a real one refuses some statuses, and is slow. */
async function receive(answer: Exchange['answer']): Promise<ReceivedAnswer | Thrown> {
  if (answer.via === 'function') return { body: answer.body };
  const { status, text, headers } = answer;
  const response = { status, headers: new Headers(headers), text: () => Promise.resolve(text) };
  return readResponse(response as Response).catch((thrown: unknown) => ({ thrown }));
}

function judge(holder: Holder, received: ReceivedAnswer, sentAtMs: number): JudgedAnswer | Thrown {
  try {
    return holder.judge(received, sentAtMs);
  } catch (thrown) {
    return { thrown };
  }
}
