/** The headers of every answer: nothing may keep it, and a page on an allowed origin may read it. */
export function answerHeaders(request: Request, allowedOrigins: readonly string[], nowMs: number): Headers {
  const headers = new Headers({
    'cache-control': 'private, no-store',
    date: new Date(nowMs).toUTCString(),
    vary: 'Origin',
    'x-content-type-options': 'nosniff',
  });
  const origin = request.headers.get('origin');
  if (origin !== null && allowedOrigins.includes(origin)) {
    headers.set('access-control-allow-origin', origin);
    headers.set('access-control-allow-credentials', 'true');
    headers.set('access-control-expose-headers', 'Date, Retry-After');
  }
  return headers;
}

/** The answer to a preflight. What an allowed origin wants to send is its own business, so its list is given back. */
export function preflightHeaders(request: Request, methods: readonly string[], headers: Headers): Headers {
  headers.set('allow', methods.join(', '));
  if (!headers.has('access-control-allow-origin')) return headers;
  headers.set('access-control-allow-methods', methods.join(', '));
  headers.set('access-control-max-age', '600');
  headers.set('vary', 'Origin, Access-Control-Request-Headers');
  const wanted = request.headers.get('access-control-request-headers');
  if (wanted !== null) headers.set('access-control-allow-headers', wanted);
  return headers;
}
