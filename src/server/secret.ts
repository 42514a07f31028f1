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
  if (isInBase64(text, secret)) return true;
  if (depth === 0) return false;
  return unwrap(text, secret.length).some((inner) => inner !== text && holdsSecret(inner, secret, depth - 1));
}

/** What a text says once an escape or an encoding is taken off it; what is too short to hold the secret is left out. */
function unwrap(text: string, leastLength: number): string[] {
  const unescaped = text
    .replace(/%([0-9a-f]{2})|\\+u00([0-9a-f]{2})|&#x([0-9a-f]{2});/gi, (_all, a?: string, b?: string, c?: string) =>
      String.fromCharCode(Number.parseInt(a ?? b ?? c ?? '', 16)),
    )
    .replace(/&#(\d{2,3});/g, (_all, code: string) => String.fromCharCode(Number(code)));
  const words = text.split(/[^\w+/-]+/).filter((word) => word.length > leastLength);
  return [unescaped, ...words.map(decode)];
}

function decode(word: string): string {
  const base64 = word.replaceAll('-', '+').replaceAll('_', '/');
  // One character that is left over says nothing, and atob refuses it.
  return atob(base64.length % 4 === 1 ? base64.slice(0, -1) : base64);
}

/** In base64 the secret has three forms, by where in it that begins; their ends, which its neighbours decide, are left out. */
function isInBase64(text: string, secret: string): boolean {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
  const bytes = String.fromCharCode(...new TextEncoder().encode(secret));
  return [0, 1, 2].some((offset) => {
    const whole = btoa('\0'.repeat(offset) + bytes).replace(/=+$/, '');
    const end = (offset + bytes.length) % 3 === 0 ? whole.length : whole.length - 1;
    return base64.includes(whole.slice([0, 2, 3][offset], end));
  });
}

function toHex(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
