/**
 * The rules of an answer said a second time, from their text and by other means than the code's: what an answer states, or why it
 * must be refused. Nothing here asks the code that is judged by it.
 */
export type RuledAnswer =
  | { readonly refusal: string }
  | {
      readonly refusal?: undefined;
      readonly token: string;
      readonly claims: Claims | undefined;
      readonly tenantId: string | undefined;
      /** Which of two tokens is the older. */
      readonly issuedMs: number | undefined;
      /** What it has left, counted from the request. */
      readonly leftMs: number;
      readonly lifeMs: number;
      readonly isServerTimeKnown: boolean;
      /** As they were sent; undefined where none were. */
      readonly flags: Record<string, unknown> | undefined;
    };

interface Claims {
  /** Absent where the token has none. */
  readonly iat: number | undefined;
  readonly exp: number;
}

class Refusal extends Error {}

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** The year 10000, in seconds: a token for ever ends a second before it. */
const YEAR_10000_S = Date.UTC(10_000, 0, 1) / 1_000;
const WEEKDAY_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** `headers` is undefined for an app's own fetch, which gave the body alone. */
export function ruleAnswer(body: unknown, headers: Headers | undefined, localNowMs: number): RuledAnswer {
  try {
    return rule(body, headers, localNowMs);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { refusal: refusal.message };
  }
}

function rule(body: unknown, headers: Headers | undefined, localNowMs: number): RuledAnswer {
  if (!isObject(body)) throw new Refusal('no object');
  const data = isObject(body['data']) ? body['data'] : {};
  const places = (data['token'] ?? undefined) === undefined ? [body] : [data, body];
  const { token } = places[0]!;
  if (typeof token !== 'string') throw new Refusal('no token');
  const find = (...names: string[]): unknown =>
    places.flatMap((place) => names.map((name) => place[name])).find((value) => value !== undefined && value !== null);

  const claims = ruleToken(token);
  const expiresAtMs = ruleMoment(find('expiresAt', 'expires_at'), 'expiresAt');
  const expiresInMs = ruleNumber(find('expiresIn', 'expires_in'), 'expiresIn', 1_000);
  const serverTimeMs = ruleMoment(find('serverTime', 'server_time'), 'serverTime');
  const sentFlags = find('permissions');
  const serverNowMs = ruleServerNow(serverTimeMs, headers);

  const nowMs = serverNowMs ?? localNowMs;
  const lifeMs = claims?.iat === undefined ? Number.POSITIVE_INFINITY : (claims.exp - claims.iat) * 1_000;
  const statements: number[] = [];
  if (claims) statements.push(claims.exp * 1_000 - nowMs);
  if (expiresAtMs !== undefined) statements.push(expiresAtMs - nowMs);
  if (expiresInMs !== undefined) statements.push(expiresInMs);
  if (statements.length === 0) statements.push(HOUR_MS);
  return {
    token,
    claims,
    tenantId: ruleTenantId(find('tenantId', 'tenant_id')),
    issuedMs: claims?.iat === undefined ? undefined : claims.iat * 1_000,
    leftMs: [...statements, lifeMs, DAY_MS].reduce((least, one) => (one < least ? one : least)),
    lifeMs,
    isServerTimeKnown: serverNowMs !== undefined,
    flags: isObject(sentFlags) ? sentFlags : undefined,
  };
}

function ruleToken(token: string): Claims | undefined {
  const codes = Array.from(token, (char) => char.codePointAt(0)!);
  if (codes.length < 16 || codes.some((code) => code <= 0x20 || code >= 0x7f)) throw new Refusal('no visible ASCII');
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  ruleJson(parts[0]!);
  const { iat, exp } = ruleJson(parts[1]!);
  const hasStart = iat !== undefined && iat !== null;
  for (const claim of hasStart ? [iat, exp] : [exp]) {
    if (typeof claim !== 'number' || !(Math.abs(claim) < YEAR_10000_S)) throw new Refusal('claims are no seconds');
  }
  if (hasStart && !((exp as number) > (iat as number))) throw new Refusal('ends before it begins');
  return { iat: hasStart ? (iat as number) : undefined, exp: exp as number };
}

/** Either alphabet of base64; padded fully or not at all. */
function ruleJson(part: string): Record<string, unknown> {
  const padded = part.length % 4 === 0 ? part.replace(/={1,2}$/, '') : part;
  if (!/^[\w+/-]+$/.test(padded) || padded.length % 4 === 1) throw new Refusal('no base64url');
  let value: unknown;
  try {
    value = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(padded, 'base64')),
    );
  } catch {
    throw new Refusal('no JSON');
  }
  if (!isObject(value)) throw new Refusal('no claims');
  return value;
}

/** Server time is the body's, kept so long by a cache, or the header's where no cache has kept it. */
function ruleServerNow(serverTimeMs: number | undefined, headers: Headers | undefined): number | undefined {
  const age = headers?.get('age') ?? undefined;
  const keptMs = age !== undefined && /^\d+$/.test(age) ? Number(age) * 1_000 : 0;
  const date = age === undefined ? (headers?.get('date') ?? '') : '';
  const told = serverTimeMs === undefined ? [] : [serverTimeMs + keptMs];
  if (WEEKDAY_DATE.test(date) && !Number.isNaN(Date.parse(date))) told.push(Date.parse(date));
  return told.length > 0 ? Math.max(...told) : undefined;
}

function ruleMoment(value: unknown, name: string): number | undefined {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new Refusal(`${name} is no moment`);
    return value.getTime();
  }
  if (typeof value === 'string' && HTTP_DATE.test(value)) return ruleHttpDate(value, name);
  const text = typeof value === 'string' ? /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)/i.exec(value) : null;
  if (!text) return ruleNumber(value, name, typeof value === 'string' || isSeconds(value) ? ruleUnit(value) : 1);
  const [year, month, day, hour, minute] = text.slice(1).map(Number) as [number, number, number, number, number];
  const rest = /^(?::(\d\d)(\.\d+)?)? ?(?:Z|([+-])(\d\d)(?::?(\d\d))?)$/i.exec((value as string).slice(text[0].length));
  if (!rest) throw new Refusal(`${name} has no zone`);
  const [second, part, east, west] = [rest[1], rest[2], rest[4], rest[5]].map((digits) => Number(digits ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const isReal = month >= 1 && month <= 12 && day >= 1 && day <= 31 && minute < 60 && second < 60 && west < 60;
  const isMidnight = hour === 24 && minute === 0 && second === 0 && part === 0;
  if (!isReal || !(hour < 24 || isMidnight) || east > 23) throw new Refusal(`${name} is no moment`);
  const offsetMs = (rest[3] === '-' ? -1 : 1) * (east * 60 + west) * 60_000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + part * 1_000 - offsetMs;
}

/** RFC 1123, with any of its zones. */
const HTTP_DATE = /^[a-z]{3}, \d\d? [a-z]{3} \d{4} \d\d:\d\d:\d\d (GMT|UTC|[+-]\d{4})$/i;

function ruleHttpDate(text: string, name: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new Refusal(`${name} is no moment`);
  return ms;
}

/** Below 1e11 it counts seconds. */
function ruleUnit(value: unknown): number {
  return isSeconds(Number(value)) ? 1_000 : 1;
}

function isSeconds(value: unknown): boolean {
  return typeof value === 'number' && value > -1e11 && value < 1e11;
}

function ruleNumber(value: unknown, name: string, unitMs: number): number | undefined {
  if (value === undefined) return undefined;
  const isNumeral = typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value);
  const number = isNumeral || typeof value === 'number' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) throw new Refusal(`${name} is unreadable`);
  if (name !== 'expiresIn' && Math.abs(number) > 1e14) throw new Refusal(`${name} is in microseconds`);
  return number * unitMs;
}

function ruleTenantId(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const isText = typeof value === 'string' && value.length > 0;
  if (!isText && !Number.isFinite(value)) throw new Refusal('tenantId is unreadable');
  return `${value as string | number}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) !== '[object Array]' && typeof value === 'object' && value !== null;
}
