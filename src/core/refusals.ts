import { UpsolveTenantError } from './errors';

/** A whole word: a name like `signup_embed_page` is none. */
const API_KEY = /\bup_(?:embed|admin)_[\w-]{8,}/;
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Text or URL of an endpoint → the URL to ask.
 *
 * @throws UpsolveTenantError `insecure_endpoint` for plain http to another machine, `api_key_in_browser` for a URL that
 * holds an API key, `invalid_options` for what is no URL that can be asked.
 */
export function parseEndpoint(
  name: string,
  endpoint: string | URL,
  options: { baseUrl?: string | undefined; dangerouslyAllowHttp?: boolean | undefined },
): URL {
  const text = readUrlText(endpoint) ?? '';
  refuseApiKey(text);
  const url = text === '' ? undefined : parseUrl(text, options.baseUrl);
  if (!url) throw invalid(`${name} is no URL`);
  if (url.username || url.password) throw invalid(`${name} holds credentials`);
  if (url.protocol === 'https:') return url;
  const isOwn = (): boolean => !isAbsolute(text) && url.origin === parseUrl(options.baseUrl ?? '')?.origin;
  const isLet = LOOPBACK.test(url.hostname) || options.dangerouslyAllowHttp === true || isOwn();
  if (url.protocol === 'http:' && isLet) return url;
  throw new UpsolveTenantError('insecure_endpoint', { message: `insecure_endpoint: ${name}` });
}

/** @throws UpsolveTenantError `api_key_in_browser` if text, headers or a body hold what only a backend may hold. */
export function refuseApiKey(text: string): void {
  // Not by decodeURIComponent, which reads nothing of a text that holds another per cent sign.
  const plain = text.replace(/%([\da-f]{2})/gi, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (API_KEY.test(text) || API_KEY.test(plain)) throw new UpsolveTenantError('api_key_in_browser');
}

/** The same for a body that goes out as JSON: an `apiKey` field is one whatever its value. */
export function refuseApiKeyInJson(json: string): void {
  // Text by text: in JSON a key behind a line break stands behind the letter n, which is no word's end.
  JSON.parse(json, (key, value: unknown) => {
    if (key === 'apiKey') throw new UpsolveTenantError('api_key_in_browser');
    refuseApiKey(key);
    if (typeof value === 'string') refuseApiKey(value);
    return value;
  });
}

export function invalid(what: string): UpsolveTenantError {
  return new UpsolveTenantError('invalid_options', { message: `invalid_options: ${what}` });
}

/** Text, or what has an address, also of another realm; undefined for anything else. */
export function readUrlText(url: unknown): string | undefined {
  const text: unknown = typeof url === 'string' ? url : (Object(url) as Partial<URL>).href;
  return typeof text === 'string' ? text : undefined;
}

export function isAbsolute(url: string): boolean {
  return parseUrl(url) !== undefined;
}

function parseUrl(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}

/**
 * Data → JSON with sorted keys, so that the same data is the same text.
 *
 * @throws UpsolveTenantError `invalid_options` for what JSON doesn't carry whole, by name: it can't tell two tenants apart.
 */
export function serializeJson(value: unknown): string {
  try {
    return JSON.stringify(sort(value));
  } catch (thrown) {
    if (thrown instanceof UpsolveTenantError) throw thrown;
    throw unserializable(thrown instanceof RangeError ? 'a cycle' : 'a value that throws');
  }
}

function sort(given: unknown): unknown {
  if (given instanceof Date && Number.isNaN(given.getTime())) throw unserializable('an invalid Date');
  const { toJSON } = Object(given) as { toJSON?: unknown };
  const value: unknown = typeof toJSON === 'function' ? toJSON.call(given, '') : given;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return Array.from(value, sort);
  if (typeof value !== 'object') throw unserializable(typeof value === 'number' ? String(value) : typeof value);
  // By its tag, which holds across realms: a Map, a form or a file has one of its own.
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== 'Object') throw unserializable(tag);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sort(part)]));
}

function unserializable(what: string): UpsolveTenantError {
  return invalid(`body holds ${what}, which JSON can't carry`);
}
