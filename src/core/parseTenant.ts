import { parseClaims, type TokenClaims } from './claims';
import { UpsolveTenantError } from './errors';
import { parsePermissions, type UpsolvePermissions } from './permissions';

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

/** Numbers below this are seconds, from here on ms: 1973 in ms, 5138 in seconds. */
const SECONDS_LIMIT = 1e11;
/** A date without its zone means another instant on each machine, so it is refused and not guessed. */
const ISO_INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)$/i;
const NUMERAL = /^[+-]?\d+(\.\d+)?$/;

/**
 * Any answer that is known to occur → what it says. Understood are `{token}`, `{token, expiresIn}` (seconds),
 * `{token, expiresAt}` (ISO text with a zone, a Date, or an epoch in seconds or ms), each also inside `{data: …}`,
 * with `permissions`, `serverTime`, `tenantId` beside it, in camelCase or snake_case.
 *
 * @throws UpsolveTenantError `invalid_response` where the token is missing or malformed, or a field is there but unreadable.
 */
export function parseTenant(body: unknown): TenantAnswer {
  const outer = asRecord(body);
  if (!outer) throw refused('it is not a JSON object');
  const inner = asRecord(outer.data);
  const holder = inner && 'token' in inner ? inner : outer;
  const { token } = holder;
  if (typeof token !== 'string' || token === '') throw refused('it holds no token');

  const read = (camel: string, snake = camel): unknown =>
    [holder[camel], holder[snake], outer[camel], outer[snake]].find((value) => value !== undefined);

  const claims = parseClaims(token);
  const expiresAtMs = parseInstant(read('expiresAt', 'expires_at'), 'expiresAt');
  const expiresInMs = parseSeconds(read('expiresIn', 'expires_in'));
  const serverTimeMs = parseInstant(read('serverTime', 'server_time'), 'serverTime');
  const tenantId = parseTenantId(read('tenantId', 'tenant_id'));
  const permissions = parsePermissions({ permissions: read('permissions') });
  return {
    token,
    ...(claims && { claims }),
    ...(expiresAtMs !== undefined && { expiresAtMs }),
    ...(expiresInMs !== undefined && { expiresInMs }),
    ...(serverTimeMs !== undefined && { serverTimeMs }),
    ...(tenantId !== undefined && { tenantId }),
    ...(permissions && { permissions }),
  };
}

function parseInstant(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  const ms = readInstant(value);
  if (!Number.isFinite(ms)) throw refused(`its ${name} is neither ISO 8601 text with a time zone nor an epoch`);
  return ms;
}

function readInstant(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string' && ISO_INSTANT.test(value)) return Date.parse(value.replace(' ', 'T'));
  const number = readNumber(value);
  return Math.abs(number) < SECONDS_LIMIT ? number * 1_000 : number;
}

function parseSeconds(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const seconds = readNumber(value);
  if (!Number.isFinite(seconds)) throw refused('its expiresIn is not a number of seconds');
  return seconds * 1_000;
}

function readNumber(value: unknown): number {
  if (typeof value === 'string' && NUMERAL.test(value)) return Number(value);
  return typeof value === 'number' ? value : Number.NaN;
}

function parseTenantId(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  if (Number.isFinite(value)) return (value as number).toString();
  throw refused('its tenantId is neither text nor a number');
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function refused(why: string): UpsolveTenantError {
  return new UpsolveTenantError('invalid_response', { message: `The answer of the endpoint is refused: ${why}.` });
}
