import { remainingMs } from '../core/acceptance';
import { parseAnswer } from '../core/answer';
import { isUpsolveTenantError, UpsolveTenantError } from '../core/errors';
import { parseThrown } from '../core/failure';
import { withDeadline } from '../core/request';
import { LONGEST_LIFE_MS } from '../core/schedule';
import { isResponse, readResponse, type ReceivedAnswer } from '../core/response';
import { rethrowSignal } from './rethrowSignal';
import { holdsSecret } from './secret';
import { parseUpsolveFailure } from './upsolveFailure';

/** A token as it came, by this server's clock. */
export interface ReceivedToken {
  readonly token: string;
  readonly endsAtMs: number;
  readonly lifetimeMs: number;
  readonly skewMs: number;
}

/** Whoever issues tokens: Upsolve's register call, or the app's own `issueToken`. */
export type AskForToken = (signal: AbortSignal) => unknown;

export interface TokenRequestOptions {
  readonly timeoutMs: number;
  readonly now: () => number;
  readonly apiKey: string | undefined;
}

/** Clocks that agree so far count as one: HTTP's `Date` has whole seconds, and an answer takes its time. */
const AGREEMENT_MS = 5_000;

/**
 * Asks for a token and measures at receipt what it has left.
 *
 * @throws UpsolveTenantError for each failure, holding nothing of what Upsolve said.
 */
export async function requestToken(ask: AskForToken, options: TokenRequestOptions): Promise<ReceivedToken> {
  const { timeoutMs, now, apiKey } = options;
  const sentAtMs = now();
  const received = await receive(ask, timeoutMs);
  const answer = parse(received.body);
  // An answer that echoes the key in its token would carry it to the browser.
  if (holdsSecret(answer.token, apiKey)) throw parseUpsolveFailure(new UpsolveTenantError('invalid_response'));

  const serverNowMs = answer.serverTimeMs ?? received.serverNowMs;
  const lifetimeMs = Math.min(remainingMs(answer, serverNowMs ?? now()), LONGEST_LIFE_MS);
  if (!(lifetimeMs > 0)) throw parseUpsolveFailure(new UpsolveTenantError('token_expired_on_arrival'));
  const ahead = serverNowMs === undefined ? 0 : serverNowMs - sentAtMs;
  const skewMs = Math.abs(ahead) > AGREEMENT_MS ? ahead : 0;
  return { token: answer.token, endsAtMs: sentAtMs + lifetimeMs, lifetimeMs, skewMs };
}

async function receive(ask: AskForToken, timeoutMs: number): Promise<ReceivedAnswer> {
  let isPage = false;
  let refusal: unknown;
  try {
    return await withDeadline(timeoutMs, new AbortController().signal, async (signal) => {
      const answer = await Promise.resolve(ask(signal)).catch((thrown: unknown) => {
        if (isUpsolveTenantError(thrown)) refusal = thrown;
        throw thrown;
      });
      if (typeof answer === 'string') return { body: { token: answer } };
      if (!isResponse(answer)) return { body: answer };
      isPage = answer.headers.get('content-type')?.includes('html') ?? false;
      return readResponse(answer);
    });
  } catch (thrown) {
    rethrowSignal(thrown);
    // An error of ours that `issueToken` threw is meant as it is.
    if (thrown === refusal) throw thrown;
    throw parseUpsolveFailure(parseThrown(thrown), isPage);
  }
}

function parse(body: unknown): ReturnType<typeof parseAnswer> {
  try {
    return parseAnswer(body);
  } catch (thrown) {
    throw parseUpsolveFailure(isUpsolveTenantError(thrown) ? thrown : new UpsolveTenantError('invalid_response'));
  }
}
