const SECRETS: readonly [RegExp, string][] = [
  [/up_(?:embed|admin)_[\w-]*/gi, '[api key]'],
  [/[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '[token]'],
  [/(bearer)\s+[^\s,;"']+/gi, '$1 [token]'],
  [/\?[\w-]+=[^\s"'<>)]*/g, '?[query]'],
  [/[\w+/=-]{40,}/g, '[secret]'],
];

/**
 * Text of somebody else's error → text that can be logged. It removes what looks like a token, an API key or a query
 * string, and all behind the first 200 characters: a browser's error may quote the URL or the body that it failed on.
 */
export function scrub(text: string): string {
  return SECRETS.reduce((clean, [pattern, label]) => clean.replace(pattern, label), text.slice(0, 2_000)).slice(0, 200);
}
