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
      retryAfterMs: parseRetryAfter(headers.get('retry-after'), headers.get('date')),
    });
  }
  if (body === undefined) throw new UpsolveTenantError('invalid_response', { status });
  // Rule 2: an `Age` beside it means that a cache kept the answer, so its `Date` is of another moment.
  const age = headers.get('age');
  const serverNowMs = Date.parse(headers.get('date') ?? '');
  if (age !== null) return { body, keptMs: (Number(age) || 0) * 1_000 };
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
function parseRetryAfter(text: string | null, date: string | null): number | undefined {
  if (text === null) return undefined;
  if (/^\s*\d+\s*$/.test(text)) return Number(text) * 1_000;
  // A bare number that is no count of seconds would pass for a year.
  const ms = /[a-z]/i.test(text) ? Date.parse(text) - Date.parse(date ?? '') : Number.NaN;
  return Number.isFinite(ms) ? ms : undefined;
}
