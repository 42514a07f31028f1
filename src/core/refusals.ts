import { UpsolveTenantError } from './errors';

const API_KEY = /up_(?:embed|admin)_\w/i;
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
  refuseApiKey(String(endpoint));
  const url = parseUrl(String(endpoint), options.baseUrl);
  if (!url) throw invalid(`${name} is not a URL, or is relative where there is no page to resolve it against.`);
  if (url.username || url.password) throw invalid(`${name} holds credentials, which fetch refuses. Use headers.`);
  if (url.protocol === 'https:') return url;
  if (url.protocol !== 'http:') throw new UpsolveTenantError('insecure_endpoint', { message: `${name} is not https.` });
  const isOwn = !isAbsolute(String(endpoint)) && url.origin === parseUrl(options.baseUrl ?? '')?.origin;
  if (isOwn || LOOPBACK.test(url.hostname) || options.dangerouslyAllowHttp) return url;
  throw new UpsolveTenantError('insecure_endpoint');
}

/** @throws UpsolveTenantError `api_key_in_browser` if text, headers or a body hold what only a backend may hold. */
export function refuseApiKey(text: string): void {
  if (API_KEY.test(text)) throw new UpsolveTenantError('api_key_in_browser');
}

/** The same for a body that goes out as JSON: an `apiKey` field is one whatever its value. */
export function refuseApiKeyInJson(json: string): void {
  refuseApiKey(json);
  JSON.parse(json, (key, value: unknown) => {
    if (key === 'apiKey') throw new UpsolveTenantError('api_key_in_browser');
    return value;
  });
}

export function invalid(message: string): UpsolveTenantError {
  return new UpsolveTenantError('invalid_options', { message });
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
