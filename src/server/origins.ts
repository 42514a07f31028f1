/**
 * Whether a request may be answered, as far as its origin tells. A browser's `Sec-Fetch-Site` decides where it is sent;
 * else the Origin's host must be the one that was asked, as the outermost proxy saw it: `request.url` is the proxy's
 * business. With neither header it is no browser's cross-site request.
 */
export function isOriginAllowed(headers: Headers, allowedOrigins: readonly string[]): boolean {
  const origin = headers.get('origin');
  if (isListed(origin, allowedOrigins)) return true;
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  return origin === null || isOwnHost(origin, headers);
}

/** A webview's origin may bear capitals, as an extension's id does; no two origins differ in them alone. */
function isListed(origin: string | null, allowedOrigins: readonly string[]): boolean {
  return origin !== null && allowedOrigins.includes(origin.toLowerCase());
}

function isOwnHost(origin: string, headers: Headers): boolean {
  const host = headers.get('x-forwarded-host')?.split(',')[0]?.trim() ?? headers.get('host');
  if (!host || !/^https?:/i.test(origin) || !URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  // The same parser drops the scheme's default port on both sides.
  const asked = `${protocol}//${host}`;
  return originHost !== '' && URL.canParse(asked) && new URL(asked).host === originHost;
}

/** Headers by their names in small letters. Adapters write a plain object several times faster than a `Headers`. */
export type AnswerHeaders = Record<string, string>;

/** The headers of every answer: nothing may keep it, and a page on an allowed origin may read it. */
export function answerHeaders(request: Request, allowedOrigins: readonly string[], nowMs: number): AnswerHeaders {
  const origin = request.headers.get('origin');
  return {
    'cache-control': 'private, no-store',
    date: new Date(nowMs).toUTCString(),
    vary: 'Origin',
    'x-content-type-options': 'nosniff',
    ...(origin !== null && isListed(origin, allowedOrigins) && corsHeaders(origin)),
  };
}

function corsHeaders(origin: string): AnswerHeaders {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Date, Retry-After',
  };
}

/** The answer to a preflight. What an allowed origin wants to send is its own business, so its list is given back. */
export function preflightHeaders(request: Request, methods: readonly string[], headers: AnswerHeaders): AnswerHeaders {
  const allow = methods.join(', ');
  if (!headers['access-control-allow-origin']) return { ...headers, allow };
  const wanted = request.headers.get('access-control-request-headers');
  return {
    ...headers,
    allow,
    vary: 'Origin, Access-Control-Request-Headers',
    'access-control-allow-methods': allow,
    'access-control-max-age': '600',
    ...(wanted !== null && { 'access-control-allow-headers': wanted }),
  };
}

/** An answer of the app's own, with what lets a page on an allowed origin read it. */
export function addCorsHeaders(response: Response, own: AnswerHeaders): Response {
  const cors = Object.entries(own).filter(([name]) => name.startsWith('access-control-'));
  if (cors.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of cors) headers.set(name, value);
  headers.append('vary', 'Origin');
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}
