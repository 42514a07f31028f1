import { UpsolveTenantError } from './errors';
import { parsePermissions, type UpsolvePermissions } from './permissions';

/** The two claims that time needs, in ms since 1970. */
export interface TokenClaims {
  readonly issuedAtMs?: number;
  readonly expiresAtMs: number;
}

/** What an answer says, in one unit (ms) and under one set of names. Nothing in it has been judged yet. */
export interface TenantAnswer {
  readonly token: string;
  /** Of a JWT; an opaque token has none. */
  readonly claims?: TokenClaims;
  /** An instant the body named, in ms since 1970. */
  readonly expiresAtMs?: number;
  /** A lifetime the body named. Its start is the moment of the answer. */
  readonly expiresInMs?: number;
  /** The server's own time, in ms since 1970. */
  readonly serverTimeMs?: number;
  /** The tenant the backend says this token is for. */
  readonly tenantId?: string;
  readonly permissions?: UpsolvePermissions;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Any answer that is known to occur → what it says. Understood are `{token}`, `{token, expiresIn}` (seconds) and
 * `{token, expiresAt}` (a date with a zone, or an epoch in seconds or ms), each also inside `{data: …}`, with
 * `permissions`, `serverTime`, `tenantId` beside it, in camelCase or snake_case. null is absent.
 *
 * @throws UpsolveTenantError `invalid_response` where the token is missing or malformed, or a field is there but unreadable.
 */
export function parseAnswer(body: unknown): TenantAnswer {
  const outer = asFields(body);
  if (!outer) throw refused('body', 'is no JSON object');
  const inner = asFields(outer.data);
  const holder = inner?.token == null ? outer : inner;
  const { token } = holder;
  if (typeof token !== 'string') throw refused('token', 'is missing');

  const read = (camel: string, snake: string): unknown =>
    [holder[camel], holder[snake], outer[camel], outer[snake]].find((value) => value != null);
  const fields = {
    claims: parseClaims(token),
    expiresAtMs: parseInstant(read('expiresAt', 'expires_at'), 'expiresAt'),
    expiresInMs: parseSeconds(read('expiresIn', 'expires_in')),
    serverTimeMs: parseInstant(read('serverTime', 'server_time'), 'serverTime'),
    tenantId: parseTenantId(read('tenantId', 'tenant_id')),
    permissions: parsePermissions({ permissions: read('permissions', 'permissions') }),
  };
  const stated = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { token, ...(Object.fromEntries(stated) as Partial<typeof fields>) } as TenantAnswer;
}

/** The end of the year 9999 in seconds, which some write for "never". What is larger is a date in ms, or nonsense. */
const SECONDS_LIMIT = 253_402_300_800;
const OPAQUE_TOKEN = /^[\x21-\x7e]{16,}$/;

/**
 * Text of a token → its claims, or undefined for an opaque one. Three dot-separated parts are a JWT and must decode;
 * the browser can read a JWT but never verify it, so nothing here is proof of anything.
 *
 * @throws UpsolveTenantError `invalid_response` for a token that is neither a readable JWT nor 16 or more visible ASCII
 * characters.
 */
export function parseClaims(token: string): TokenClaims | undefined {
  if (!OPAQUE_TOKEN.test(token)) throw refused('token', 'is not 16 or more visible ASCII characters');
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  decodeFields(parts[0]);
  const { iat, exp } = decodeFields(parts[1]);
  if (!isSeconds(exp)) throw refused('token', 'has no exp in seconds since 1970');
  if (iat == null) return { expiresAtMs: exp * 1_000 };
  if (!isSeconds(iat) || iat >= exp) throw refused('token', 'has no iat in seconds before its exp');
  return { issuedAtMs: iat * 1_000, expiresAtMs: exp * 1_000 };
}

function decodeFields(part = ''): Fields {
  let value: unknown;
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    // Not by TextDecoder: jest's jsdom has none. Both refuse what is no UTF-8.
    // Each byte of a letter outside of ASCII, and the sign itself.
    const escaped = binary.replace(/[%\u0080-\u00ff]/g, (char) => '%' + char.charCodeAt(0).toString(16));
    value = JSON.parse(decodeURIComponent(escaped));
  } catch {
    // Refused below.
  }
  const fields = asFields(value);
  if (!fields) throw refused('token', 'does not decode');
  return fields;
}

function isSeconds(value: unknown): value is number {
  return Number.isFinite(value) && Math.abs(value as number) < SECONDS_LIMIT;
}

/** Numbers below this are seconds, from here on ms: 1973 in ms, 5138 in seconds. */
const MS_FROM = 1e11;
/** Numbers above this are micro- or nanoseconds. */
const MS_LIMIT = 1e14;
/** RFC 3339, also with a blank for the T or before the zone, and with zones as PostgreSQL and Ruby print them. */
const RFC_3339 = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:(Z)|([+-]\d\d)(?::?(\d\d))?)$/i;
const RFC_1123 = /^[a-z]{3}, \d\d? [a-z]{3} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})$/i;
const NUMERAL = /^[+-]?\d+(\.\d+)?$/;

function parseInstant(value: unknown, field: string): number | undefined {
  if (value == null) return undefined;
  const ms = value instanceof Date ? value.getTime() : typeof value === 'string' ? parseDate(value) : undefined;
  const number = parseNumber(value);
  const instant = ms ?? (Math.abs(number) < MS_FROM ? number * 1_000 : number);
  // A date without its zone means another instant on each machine, so it is refused and not guessed.
  if (typeof value === 'string' && /^\d{4}-.*:/.test(value) && ms === undefined) throw refused(field, 'has no zone');
  if (Math.abs(number) > MS_LIMIT) throw refused(field, 'is neither in seconds nor in milliseconds');
  if (!Number.isFinite(instant)) throw refused(field, 'is no date');
  return instant;
}

/** NaN for a date that doesn't exist, undefined for what has no form of a date. */
function parseDate(text: string): number | undefined {
  if (RFC_1123.test(text)) return Date.parse(text);
  const [, day, time, utc, hours, minutes = '00'] = RFC_3339.exec(text) ?? [];
  return day && time ? Date.parse(`${day}T${time}${utc ? 'Z' : `${hours}:${minutes}`}`) : undefined;
}

function parseSeconds(value: unknown): number | undefined {
  if (value == null) return undefined;
  const seconds = parseNumber(value);
  if (!Number.isFinite(seconds)) throw refused('expiresIn', 'is no number of seconds');
  return seconds * 1_000;
}

function parseNumber(value: unknown): number {
  if (typeof value === 'string' && NUMERAL.test(value)) return Number(value);
  return typeof value === 'number' ? value : Number.NaN;
}

function parseTenantId(value: unknown): string | undefined {
  if (value == null) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  if (Number.isFinite(value)) return (value as number).toString();
  throw refused('tenantId', 'is neither text nor a number');
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** A field and why: short in production too, since it is what a backend developer needs. */
function refused(field: string, why: string): UpsolveTenantError {
  return new UpsolveTenantError('invalid_response', { message: `invalid_response: ${field} ${why}` });
}

/** Text → a short name for it: to compare without keeping it. It is no cryptographic hash and protects nothing. */
export function fingerprint(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
