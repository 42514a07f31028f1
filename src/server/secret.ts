/** Shorter ones would be found in words that mean nothing. */
const LEAST_LENGTH = 8;
/** How often a text is unwrapped: an escape inside an encoding inside a token's part. */
const DEPTH = 3;

/** Text without the secret, in whatever clothes, and without the password of a connection string. */
export function redact(text: string, secret: string | undefined): string {
  const clean = secret ? text.replaceAll(secret, '[api key]') : text;
  const known = holdsSecret(clean, secret) ? '[a text that holds the API key]' : clean;
  return known.replace(/\/\/[^\s/@]+@/g, '//[credentials]@');
}

/**
 * Whether a text holds the secret: as it stands, in capitals, backwards, escaped for URLs, JSON or HTML, in hex, or in
 * base64; also inside what is encoded so itself, as a JWT's parts are.
 */
export function holdsSecret(text: string, secret: string | undefined, depth: number = DEPTH): boolean {
  if (!secret) return false;
  if (text.includes(secret)) return true;
  if (secret.length < LEAST_LENGTH) return false;
  const plain = text.toLowerCase();
  const looked = secret.toLowerCase();
  if (plain.includes(looked) || plain.includes([...looked].reverse().join(''))) return true;
  const bare = plain.replace(/[^0-9a-f]/g, '');
  if (bare.includes(toHex(secret))) return true;
  if (depth === 0) return false;
  return unwrap(text).some((inner) => inner !== text && holdsSecret(inner, secret, depth - 1));
}

/** What a text says once an escape or an encoding is taken off it. */
function unwrap(text: string): string[] {
  const unescaped = text
    .replace(/%([0-9a-f]{2})|\\+u00([0-9a-f]{2})|&#x([0-9a-f]{2});/gi, (_all, a?: string, b?: string, c?: string) =>
      String.fromCharCode(Number.parseInt(a ?? b ?? c ?? '', 16)),
    )
    .replace(/&#(\d{2,3});/g, (_all, code: string) => String.fromCharCode(Number(code)));
  return [unescaped, ...text.split(/[^\w+/=-]+/).flatMap(decode)];
}

/** What a word says as base64: there is no telling where in it that begins. */
function decode(word: string): string[] {
  const base64 = word.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '');
  return [0, 1, 2, 3].map((offset) => {
    const rest = base64.slice(offset);
    // One character that is left over says nothing, and atob refuses it.
    return atob(rest.length % 4 === 1 ? rest.slice(0, -1) : rest);
  });
}

function toHex(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
