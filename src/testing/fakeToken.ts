import { fingerprint } from '../core/answer';

/** What the claims of a fake token say. */
export interface FakeTokenClaims {
  displayName: string;
  /** When it was minted, in ms since 1970. The claim is rounded down to whole seconds, as tokens have them. */
  issuedAtMs: number;
  /** When it ends, in ms since 1970. The claim is rounded up to whole seconds, so that it never ends early. */
  expiresAtMs: number;
}

/** An HMAC-SHA256 is 32 bytes: 43 characters of base64url. */
const SIGNATURE_LENGTH = 43;

/** No two tokens are the same text, as no two of a real server are. */
let minted = 0;

/**
 * A token in the shape of Upsolve's: an HS256 JWT with its claims, and filler for a signature. No crypto is used, so it
 * is made in one step under fake timers and jsdom, and no real API would take it.
 */
export function createFakeToken({ displayName, issuedAtMs, expiresAtMs }: FakeTokenClaims): string {
  minted += 1;
  const header = encode({ alg: 'HS256', typ: 'JWT' });
  const iat = Math.floor(issuedAtMs / 1_000);
  const claims = encode({
    data: { parentOrgId: 'fake-organization', displayName, payload: {} },
    iat,
    exp: Math.max(iat + 1, Math.ceil(expiresAtMs / 1_000)),
  });
  return `${header}.${claims}.${createFiller(`${claims}.${minted}`)}`;
}

function createFiller(seed: string): string {
  let filler = '';
  while (filler.length < SIGNATURE_LENGTH) filler += fingerprint(seed + filler);
  return filler.slice(0, SIGNATURE_LENGTH);
}

/** base64url of UTF-8 JSON, without TextEncoder and Buffer: jest's jsdom has neither. */
function encode(value: unknown): string {
  const binary = encodeURIComponent(JSON.stringify(value)).replace(/%(..)/g, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
