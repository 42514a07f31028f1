import { UpsolveTenantError } from './errors';
import { parseFailure, parseThrown } from './failure';

/** The JSON of a good answer, and the server's own time where its headers tell it. */
export interface ReceivedAnswer {
  readonly body: unknown;
  readonly serverNowMs?: number;
  /** How long a cache has kept the answer: what its body says of time is that much older than its receipt. */
  readonly keptMs?: number;
}

/** Carries a fetch out: one at a time for an identity. */
export type FetchCarrier = (identity: string, fetch: () => Promise<ReceivedAnswer>) => Promise<ReceivedAnswer>;

/** Any Response, also one of another realm or of a library's own making. */
export function isResponse(value: unknown): value is Response {
  const { status, headers, text } = Object(value) as Partial<Response>;
  return typeof status === 'number' && typeof headers?.get === 'function' && typeof text === 'function';
}

/**
 * An HTTP answer → its JSON. A redirect that led to a page instead led to a login.
 *
 * @throws UpsolveTenantError by its status and body.
 */
export async function readResponse(
  response: Response,
  isLanding = false,
  onRead?: (text: string) => void,
): Promise<ReceivedAnswer> {
  const { status, headers } = response;
  let text: string;
  try {
    text = await response.text();
  } catch (thrown) {
    throw parseThrown(thrown);
  }
  const body = parseJson(text);
  onRead?.(text.slice(0, 4_000));
  if (status < 200 || status > 299) throw parseFailure({ status, body, retryAfterMs: parseRetryAfter(headers) });
  if (body === undefined) throw new UpsolveTenantError(isLanding ? 'unauthenticated' : 'invalid_response', { status });
  // An `Age` beside it means that a cache kept the answer, so its `Date` is of another moment.
  const age = headers.get('age');
  if (age !== null) return { body, keptMs: parseDelta(age) ?? 0 };
  const serverNowMs = parseDate(headers);
  return Number.isFinite(serverNowMs) ? { body, serverNowMs } : { body };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds, or a date that is compared with the server's own clock and not with ours. */
function parseRetryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after') ?? '';
  const ms = parseDelta(text) ?? parseHttpDate(text) - parseDate(headers);
  return Number.isFinite(ms) ? ms : undefined;
}

function parseDate(headers: Headers): number {
  return parseHttpDate(headers.get('date') ?? '');
}

/** Whole seconds → ms. Source: RFC 9110, delta-seconds. */
function parseDelta(text: string): number | undefined {
  return /^\s*\d+\s*$/.test(text) ? Number(text) * 1_000 : undefined;
}

/** NaN for what is none: a bare number would pass for a year, and a date without its zone for this machine's. */
function parseHttpDate(text: string): number {
  return /GMT\s*$/.test(text) ? Date.parse(text) : Number.NaN;
}
