import { DEFAULT_OPTIONS, type EngineOptions, type TenantRequestOptions } from './options';
import { invalid, isAbsolute, parseEndpoint } from './refusals';

/** Options with every default filled in and every URL resolved. */
export interface ResolvedOptions {
  readonly source:
    | { readonly kind: 'endpoint'; readonly endpoint: URL; readonly refreshEndpoint: URL }
    | { readonly kind: 'function'; readonly fetchTenant: NonNullable<TenantRequestOptions['fetchTenant']> };
  readonly permissionsEndpoint: URL | undefined;
  readonly headers: TenantRequestOptions['headers'];
  readonly body: TenantRequestOptions['body'];
  readonly credentials: RequestCredentials;
  readonly fetch: typeof globalThis.fetch;
  readonly refreshLeadMs: number;
  readonly requestTimeoutMs: number;
}

/** The longest a timer can wait; anything longer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * User options → complete options, read anew before each request.
 *
 * @throws UpsolveTenantError `invalid_options`, `insecure_endpoint`, `api_key_in_browser`.
 */
export function resolveOptions(options: EngineOptions): ResolvedOptions {
  const { endpoint, permissionsEndpoint, fetchTenant, baseUrl } = options;
  const parse = (name: string, url: string | URL, base: string | undefined = baseUrl): URL =>
    parseEndpoint(name, url, { baseUrl: base, dangerouslyAllowHttp: options.dangerouslyAllowHttp });

  let source: ResolvedOptions['source'];
  let own: URL | undefined;
  if (fetchTenant !== undefined) {
    if (typeof fetchTenant !== 'function') throw invalid('fetchTenant is not a function.');
    if (endpoint !== undefined) throw invalid('endpoint and fetchTenant exclude each other: give one of them.');
    source = { kind: 'function', fetchTenant };
  } else {
    if (endpoint === undefined || endpoint === '') {
      throw invalid('Neither endpoint nor fetchTenant is given: where should the token come from?');
    }
    own = parse('endpoint', endpoint);
    const refreshEndpoint = parse('refreshEndpoint', options.refreshEndpoint ?? endpoint);
    source = { kind: 'endpoint', endpoint: own, refreshEndpoint };
  }
  return {
    source,
    permissionsEndpoint:
      permissionsEndpoint === undefined
        ? undefined
        : move(parse('permissionsEndpoint', permissionsEndpoint, baseUrl ?? own?.href), permissionsEndpoint, own),
    headers: options.headers,
    body: options.body,
    credentials: options.credentials ?? 'same-origin',
    fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
    refreshLeadMs: duration('refreshLeadMs', options.refreshLeadMs),
    requestTimeoutMs: duration('requestTimeoutMs', options.requestTimeoutMs),
  };
}

/** A relative permissions URL is on the origin of the backend that mints the token: no other one gets the Bearer. */
function move(url: URL, given: string | URL, endpoint: URL | undefined): URL {
  const isRelative = !isAbsolute(String(given)) && !String(given).startsWith('//');
  return endpoint && isRelative ? new URL(url.pathname + url.search, endpoint.origin) : url;
}

function duration(name: keyof typeof DEFAULT_OPTIONS, value: number | undefined): number {
  const ms = value ?? DEFAULT_OPTIONS[name];
  if (typeof ms !== 'number' || !(ms > 0)) throw invalid(`${name} is not a number of ms above 0.`);
  return Math.min(ms, LONGEST_TIMER_MS);
}
