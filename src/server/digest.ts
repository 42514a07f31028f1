import { createTextCache } from './textCache';

/** Text → its SHA-256 in base64url: a name for a secret, or for a whole registration, that says nothing about it. */
export async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(hash)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** JSON with its keys in order, so that equal data is equal text in whatever order it was written. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * A digest of the prefix and a text that remembers: what is asked for again and again costs a look, and a failure is
 * forgotten. Not for secrets, which it would keep; the prefix may be one.
 */
export function createRememberingDigest(prefix: string): (text: string) => Promise<string> {
  const known = createTextCache<Promise<string>>();
  return (text) => {
    const remembered = known.get(text);
    if (remembered) return remembered;
    const found = digest(prefix + text).catch((thrown: unknown) => {
      known.delete(text);
      throw thrown;
    });
    known.set(text, found);
    return found;
  };
}
