import { UpsolveTenantError } from './errors';

/** The two claims that time needs, in seconds since 1970, as they stand in the token. */
export interface TokenClaims {
  readonly issuedAt: number;
  readonly expiresAt: number;
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
  if (!OPAQUE_TOKEN.test(token)) throw malformed('it is not 16 or more visible ASCII characters');
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const payload = decodeObject(parts[1]);
  decodeObject(parts[0]);
  const { iat, exp } = payload;
  if (!isSeconds(iat) || !isSeconds(exp)) throw malformed('its iat and exp are not both seconds since 1970');
  if (exp <= iat) throw malformed('it ends before it begins');
  return { issuedAt: iat, expiresAt: exp };
}

function decodeObject(part = ''): Record<string, unknown> {
  let value: unknown;
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    // Not by TextDecoder: jest's jsdom has none. Both refuse what is no UTF-8.
    const escaped = Array.from(binary, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
    value = JSON.parse(decodeURIComponent(escaped.join('')));
  } catch {
    throw malformed('it does not decode');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('its parts are not objects');
  return value as Record<string, unknown>;
}

function isSeconds(value: unknown): value is number {
  return Number.isFinite(value) && Math.abs(value as number) < SECONDS_LIMIT;
}

function malformed(why: string): UpsolveTenantError {
  return new UpsolveTenantError('invalid_response', { message: `The token in the answer is malformed: ${why}.` });
}
