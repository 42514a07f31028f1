import { UpsolveTenantError } from './errors';
import { parseFailure } from './judgeFailure';

/** The JSON of a good answer, and the server's own time where its headers tell it. */
export interface ReceivedAnswer {
  readonly body: unknown;
  readonly serverNowMs?: number;
  /** How long a cache has kept the answer: its body is that much older than its receipt. */
  readonly keptMs?: number;
}

/** Any Response, also one of another realm or of a library's own making. */
export function isResponse(value: unknown): value is Response {
  const { status, headers, text } = Object(value) as Partial<Response>;
  return typeof status === 'number' && typeof headers?.get === 'function' && typeof text === 'function';
}

/** A redirect as `redirect: 'manual'` shows it: opaque in browsers, as it is elsewhere. */
export function isRedirect(response: Response): boolean {
  return response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
}

/**
 * Rule 6: an HTTP answer → its JSON.
 *
 * @throws UpsolveTenantError by rule 6's table.
 */
export async function readResponse(response: Response): Promise<ReceivedAnswer> {
  const { status, headers } = response;
  const body = parseJson(await response.text());
  if (status < 200 || status > 299) {
    throw parseFailure({
      status,
      body,
      retryAfterMs: parseRetryAfter(headers),
    });
  }
  if (body === undefined) throw new UpsolveTenantError('invalid_response', { status });
  // Rule 2: an `Age` beside it means that a cache kept the answer, so its `Date` is of another moment.
  const age = headers.get('age');
  const serverNowMs = parseDate(headers);
  if (age !== null) return { body, keptMs: parseDelta(age) ?? 0 };
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
