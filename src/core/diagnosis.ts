import type { UpsolveTenantError, UpsolveTenantErrorCode } from './errors';
import type { Exchange } from './request';

/** What a code says, and what cures it, where nothing more is known. */
const BY_CODE: Readonly<Record<UpsolveTenantErrorCode, string>> = {
  network:
    'No answer came that this page may read. The backend is not running, the machine is offline, or the answer has no ' +
    'Access-Control-Allow-Origin header for this page (with credentials: "include" it must name the origin, and send ' +
    'Access-Control-Allow-Credentials: true). The Network panel tells which.',
  timeout: 'No answer came in time. Make the backend answer sooner than requestTimeoutMs, or raise it.',
  server: "The backend failed. Its own log says why; Upsolve's status may be behind it.",
  rate_limited: 'The backend asks for fewer requests. Raise its limit for this route, or send Retry-After.',
  invalid_response:
    'Expected JSON with a token: {"token": "…", "expiresAt": "2030-01-01T00:00:00Z"} or {"token": "…", "expiresIn": 3600}.',
  invalid_api_key: "Upsolve refused the backend's API key. Check UPSOLVE_API_KEY where the backend runs.",
  unauthenticated:
    'The backend does not know who is asking. Send the session: credentials="include" for another origin, or headers with ' +
    'the access token. Sign in from onUnauthenticated.',
  token_expired: 'The backend says that the session it was asked with has expired. Sign in from onUnauthenticated.',
  forbidden: 'The backend knows who is asking and refuses this tenant. Check what it allows this user.',
  origin_not_allowed:
    "The backend takes this page for another site's. If it is the app's own, let the proxy in front of the backend (a dev " +
    'server, too) pass on X-Forwarded-Host or the Host that the page was asked with; else name its origin in allowedOrigins.',
  tenant_mismatch:
    "The session is of another tenant than tenantId says. Give the provider the session's own tenant. If it has that, two " +
    'sessions share a cookie, or a cache answered: send Cache-Control: private, no-store.',
  invalid_tenant_configuration:
    'The backend or Upsolve refused the registration. Check displayName, prefilters and the body that the backend expects.',
  not_found:
    'Nothing answers this path with POST. Check endpoint, the method of the route, and a missing or extra slash.',
  token_expired_on_arrival:
    'The token had ended before it came. Send a fresh one from the refresh endpoint, and serverTime or a Date header, so ' +
    'that a wrong clock on this page is seen through.',
  token_not_renewed: 'The same token came back when a new one was due. The refresh endpoint must register again.',
  insecure_endpoint: 'The token would be sent unencrypted. Use https, or dangerouslyAllowHttp on a network you trust.',
  api_key_in_browser: 'An Upsolve API key is in the browser. Keep it in the backend, and replace it now.',
  invalid_options: 'An option of UpsolveTenantProvider is not usable.',
  aborted: 'The request was given up.',
};

/** What a refused field or option needs, by the words that the error says of it. */
const BY_WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /has no zone/,
    'Send the zone with it: 2030-01-01T00:00:00Z. In Python datetime.now(timezone.utc).isoformat(), in Java Instant.now().toString().',
  ],
  [/neither in seconds nor/, 'It looks like micro- or nanoseconds. Send seconds or milliseconds since 1970.'],
  [/is no date/, 'Send an RFC 3339 date with its zone, or seconds since 1970.'],
  [/is no number of seconds/, 'Send expiresIn as a number of seconds: 3600.'],
  [/token is missing/, 'The answer needs a field token, at its top or inside data.'],
  [
    /token (does not decode|is not 16|has no)/,
    'Pass on the token as Upsolve sent it, whole and unchanged, without a word before it.',
  ],
  [/endpoint is missing/, 'Give the provider endpoint, your backend\'s route: endpoint="/upsolve/tenant/register".'],
  [
    /guard has no dashboard/,
    "Say what it shows: import { UpsolveDashboardFrame } from 'react-upsolve-tenant' and give the guard or the provider dashboard={UpsolveDashboardFrame}; or a render function; or take the guard of react-upsolve-tenant/dashboard.",
  ],
  [/JSON can't carry/, 'Send plain data; an endpoint function can send forms and files.'],
  [
    /fetch gave no Response/,
    'The fetch that the provider was given must resolve to a Response with status, headers and text().',
  ],
  [/headers are no HTTP/, 'Names and values of headers are plain text.'],
];

/** Pages and texts that well-known frameworks answer with, and which setting cures each. */
const BY_PAGE: readonly (readonly [RegExp, string])[] = [
  [
    /CSRF verification failed|CSRF Failed/i,
    'Django refused the request for its missing CSRF token: send it (headers={() => ({"X-CSRFToken": …})}), or put @csrf_exempt on the view and check Origin and session there.',
  ],
  [/DisallowedHost|Invalid HTTP_HOST header/i, 'Django does not know this host: add it to ALLOWED_HOSTS.'],
  [
    /<h1>Bad Request \(400\)<\/h1>/,
    'Django refused the request before any view, most often because ALLOWED_HOSTS lacks this host. Its log says why.',
  ],
  [
    /APPEND_SLASH|doesn&#x27;t end in a slash|doesn't end in a slash/i,
    'Django wants the slash at the end (APPEND_SLASH): add it to the endpoint.',
  ],
  [
    /InvalidAuthenticityToken|CSRF token authenticity|The change you wanted was rejected/i,
    'Rails refused the request for its missing CSRF token: send X-CSRF-Token, or skip_before_action :verify_authenticity_token for this route.',
  ],
  [/Blocked hosts?:/i, 'Rails does not know this host: add it to config.hosts.'],
  [
    /Page Expired|CSRF token mismatch/i,
    'Laravel refused the request for its missing CSRF token: send X-XSRF-TOKEN, or except this route from the middleware.',
  ],
  [/\/@vite\/client/, 'Vite answered itself, not the backend: add the path to server.proxy in vite.config.'],
  [
    /__next|next-error|This page could not be found/i,
    'Next answered with a page: add a route handler (app/upsolve/[...path]/route.ts) or a rewrite to the backend.',
  ],
  [
    /Cannot POST \//,
    'The dev server or Express has no such route: mount the handler, or proxy the path to the backend.',
  ],
  [
    /"detail"\s*:\s*"(Authentication credentials|Not authenticated|Invalid token|Could not validate)/i,
    'Django REST framework or FastAPI does not know who is asking: send the session cookie or the Authorization header.',
  ],
  [
    /"detail"\s*:\s*"(Method|Not ?found)/i,
    'The route does not exist or does not take this method: check path, slash and @api_view(["POST"]).',
  ],
  [
    /"detail"\s*:\s*\[/,
    'FastAPI expected another body (its "detail" says which field): give the provider body, or change the model.',
  ],
  [/type=["']?password/i, 'It is a login page: let the backend answer fetches without a session with 401 and JSON.'],
];

/** A failure in words: what it is, what came, and what cures it. */
export interface Diagnosis {
  readonly what: string;
  /** What was asked and what was answered; absent where nothing was sent. */
  readonly came?: string;
  readonly cure: string;
}

/** What cures an answer that is a well-known framework's own. */
export function findPageCure({ response, text = '' }: Exchange): string | undefined {
  return response && BY_PAGE.find(([page]) => page.test(text))?.[1];
}

/** What failed, what came, and the cure. It never holds a token, a body, a header's value or a query string. */
export function diagnoseFailure({ code, message, status }: UpsolveTenantError, exchange?: Exchange): Diagnosis {
  const what = message.startsWith(code) ? message : `${code}: ${message}`;
  const said = BY_WORDS.find(([words]) => words.test(message))?.[1];
  const isToldSlow = code === 'timeout' && exchange?.response !== undefined;
  const usual = isToldSlow
    ? 'It, or Upsolve behind it, says that it was too slow. Its own log says which.'
    : BY_CODE[code];
  const cure = (exchange && findPageCure(exchange)) ?? said ?? usual;
  return { what, ...(exchange && { came: describeExchange(status, exchange) }), cure };
}

/** The same as one line for the developer's console. */
export function explainFailure(error: UpsolveTenantError, exchange: Exchange | undefined): string {
  const { what, came, cure } = diagnoseFailure(error, exchange);
  return [`react-upsolve-tenant: ${what}.`, came, cure, `More: README, "Errors", ${error.code}.`]
    .filter(Boolean)
    .join(' ');
}

function describeExchange(status: number | undefined, { method, url, response, text }: Exchange): string {
  const request = `${method} ${url.origin}${url.pathname}`;
  if (!response) return `${request} got no answer.`;
  const type = response.headers.get('content-type')?.split(';')[0] ?? 'no content type';
  const isPage = /^\s*</.test(text ?? '');
  const led = describeLanding(response, url);
  return `${request}${led} answered ${status ?? response.status}, ${type}${isPage ? ', a page instead of JSON' : ''}.`;
}

function describeLanding({ url: landed }: Response, asked: URL): string {
  if (!landed) return '';
  const { origin, pathname } = new URL(landed);
  return origin + pathname === asked.origin + asked.pathname ? '' : ` was redirected to ${origin}${pathname}, which`;
}

/** What a code says, and what cures it, where nothing more is known. */
export function getCure(code: UpsolveTenantErrorCode): string {
  return BY_CODE[code];
}

/** Failures that were asked for, as by the fakes of `…/testing`, are marked and stay silent. */
export function isSilent(marked: unknown): boolean {
  return (Object(marked) as Record<symbol, unknown>)[Symbol.for('react-upsolve-tenant.silent')] === true;
}

/** Flags that Upsolve isn't known to have: likely misspelt. */
export function explainUnknownFlags(flags: readonly string[]): string {
  return `Upsolve has no permission called ${flags.join(', ')}. It is passed on as it is. More: README, "Permissions".`;
}

/** Each mistake that is no failure: what it costs, and the cure. */
export const MISTAKES: Readonly<Record<'no_permissions' | 'late_tenant' | 'inline_dashboard', string>> = {
  no_permissions:
    'no answer carries permissions and there is no permissionsEndpoint, so every dashboard is read-only. ' +
    'Send permissions with the token, or give the provider permissionsEndpoint.',
  late_tenant:
    'tenantId was undefined at first, which means an app with one tenant, so a request went out too early. ' +
    'Write tenantId={org?.id ?? null}: null means "not known yet".',
  inline_dashboard:
    'dashboard is another component at each render, so the dashboard starts anew each time. Define it ' +
    'outside of the component that renders the guard, or give the guard a render function.',
};
