/** Version 1 of what an application frame says. */
export type EmbedMessage =
  { readonly type: 'embed:ready' } | { readonly type: 'embed:params'; readonly search: string };

const VERSION = 1;
const LONGEST_SEARCH = 4_096;
const FILTER = /^f(ilter)?_/;

/** A message's data → what it says; undefined for anything of another shape. Who sent it is judged before. */
export function parseEmbedMessage(data: unknown): EmbedMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, v = VERSION, search } = data as { type?: unknown; v?: unknown; search?: unknown };
  if (v !== VERSION) return undefined;
  if (type === 'embed:ready') return { type };
  const filters = type === 'embed:params' ? parseFilters(search) : undefined;
  return filters === undefined ? undefined : { type: 'embed:params', search: filters };
}

export function serializeSetParams(search: string): object {
  return { type: 'embed:set-params', v: VERSION, search };
}

/** A query string → its filters alone, with a leading `?` or empty; undefined for what is none or over 4 kB. */
export function parseFilters(search: unknown): string | undefined {
  if (typeof search !== 'string' || search.length > LONGEST_SEARCH) return undefined;
  const filters = [...new URLSearchParams(search)].filter(([name]) => FILTER.test(name));
  return filters.length > 0 ? `?${new URLSearchParams(filters).toString()}` : '';
}
