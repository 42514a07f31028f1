import { remainingMs } from '../core/acceptance';
import { parseAnswer } from '../core/answer';
import { isUpsolveTenantError, UpsolveTenantError, type UpsolveTenantErrorCode } from '../core/errors';
import { parseThrown } from '../core/failure';
import { withDeadline } from '../core/request';
import { isResponse, readResponse, type ReceivedAnswer } from '../core/response';
import { LONGEST_LIFE_MS } from '../core/schedule';
import { rethrowSignal } from './faults';
import { readBytes } from './readBytes';
import { holdsSecret } from './secret';
import type { TenantRegistration } from './registration';

/** Where Upsolve registers a tenant, below its host. */
const REGISTER_PATH = '/v1/api/tenant/register-tenant';

export interface RegisterCallOptions {
  readonly upsolveUrl: string;
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
}

/** The register call, which is also the refresh: Upsolve has no other. */
export function registerCall(registration: TenantRegistration, options: RegisterCallOptions): AskForToken {
  const { upsolveUrl, apiKey, fetch } = options;
  return (signal) =>
    fetch(`${upsolveUrl}${REGISTER_PATH}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ ...registration, apiKey }),
      cache: 'no-store',
      // A redirect that is followed would take the key to another host.
      redirect: 'manual',
      signal,
    });
}

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

/** An answer holds one token of 16 kB at most. */
const ANSWER_LIMIT = 256 * 1_024;
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
  // Where clocks count as one, an end must not come out later than the token's own: `Date` has lost its parts of a second.
  const fromMs = skewMs === 0 && ahead < 0 ? sentAtMs + ahead : sentAtMs;
  return { token: answer.token, endsAtMs: fromMs + lifetimeMs, lifetimeMs, skewMs };
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
      return readResponse(await takeIn(answer, signal));
    });
  } catch (thrown) {
    rethrowSignal(thrown);
    // An error of ours that `issueToken` threw is meant as it is.
    if (thrown === refusal) throw thrown;
    throw parseUpsolveFailure(parseThrown(thrown), isPage);
  }
}

/** The same answer with its body read, of which no more is taken than an answer can need. */
async function takeIn(answer: Response, signal: AbortSignal): Promise<Response> {
  const { status, headers, body } = answer;
  // A library's own Response may have no stream to be read piece by piece.
  if (!isByteStream(body)) return answer;
  const bytes = await readBytes(body, ANSWER_LIMIT, signal);
  if (!bytes) throw new UpsolveTenantError('invalid_response', { status: 502 });
  return { status, headers, text: () => Promise.resolve(new TextDecoder().decode(bytes)) } as Response;
}

function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body);
}

function parse(body: unknown): ReturnType<typeof parseAnswer> {
  try {
    return parseAnswer(body);
  } catch (thrown) {
    throw parseUpsolveFailure(isUpsolveTenantError(thrown) ? thrown : new UpsolveTenantError('invalid_response'));
  }
}

interface Outcome {
  readonly code: UpsolveTenantErrorCode;
  readonly status: number;
  readonly message: string;
}

const REFUSED_KEY: Outcome = {
  code: 'invalid_api_key',
  status: 401,
  message: 'Invalid API key',
};
const FAILED: Outcome = { code: 'server', status: 502, message: 'Upsolve failed with a server error.' };
const UNREADABLE: Outcome = {
  code: 'invalid_response',
  status: 502,
  message: 'Upsolve answered with something that holds no acceptable token.',
};

/** What the browser is told of Upsolve's failures. None of Upsolve's own text is among it: that may echo the API key. */
const OUTCOMES: Readonly<Partial<Record<UpsolveTenantErrorCode, Outcome>>> = {
  network: { code: 'network', status: 502, message: 'Upsolve could not be reached.' },
  timeout: { code: 'timeout', status: 504, message: 'Upsolve did not answer in time.' },
  server: FAILED,
  not_found: { ...FAILED, message: 'There is no registration at the Upsolve URL of this backend.' },
  rate_limited: { code: 'rate_limited', status: 429, message: 'Upsolve asked for fewer requests.' },
  invalid_response: UNREADABLE,
  token_expired_on_arrival: {
    code: 'token_expired_on_arrival',
    status: 502,
    message: 'Upsolve answered with a token that had already ended.',
  },
  // The API key is the only thing that a registration is refused for: the user's own session is not in question.
  invalid_api_key: REFUSED_KEY,
  unauthenticated: REFUSED_KEY,
  forbidden: REFUSED_KEY,
  token_expired: { code: 'token_expired', status: 401, message: 'Token expired' },
  invalid_tenant_configuration: {
    code: 'invalid_tenant_configuration',
    status: 400,
    message: 'Upsolve refused the configuration of this tenant: Missing required prefilters, or another field.',
  },
};

/** A failure of Upsolve, judged by the same table as the browser's → the error of this backend. */
function parseUpsolveFailure(failure: UpsolveTenantError, isPage = false): UpsolveTenantError {
  const isUnreadable = isPage && failure.code !== 'rate_limited' && failure.code !== 'server';
  const { code, status, message } = isUnreadable ? UNREADABLE : (OUTCOMES[failure.code] ?? UNREADABLE);
  const isPaused = code === 'server' && failure.status === 503;
  return new UpsolveTenantError(code, {
    status: isPaused ? 503 : status,
    message,
    retryAfterMs: isPaused || code === 'rate_limited' ? failure.retryAfterMs : undefined,
  });
}
