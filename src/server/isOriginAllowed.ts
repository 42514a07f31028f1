/**
 * Whether a request may be answered, as far as its origin tells. A browser's `Sec-Fetch-Site` decides where it is sent;
 * else the Origin's host must be the one that was asked, as the outermost proxy saw it: `request.url` is the proxy's
 * business. With neither header it is no browser's cross-site request.
 */
export function isOriginAllowed(headers: Headers, allowedOrigins: readonly string[]): boolean {
  const origin = headers.get('origin');
  if (origin !== null && allowedOrigins.includes(origin)) return true;
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  return origin === null || isOwnHost(origin, headers);
}

function isOwnHost(origin: string, headers: Headers): boolean {
  const host = headers.get('x-forwarded-host')?.split(',')[0]?.trim() ?? headers.get('host');
  if (!host || !URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  // The same parser drops the scheme's default port on both sides.
  const asked = `${protocol}//${host}`;
  return originHost !== '' && URL.canParse(asked) && new URL(asked).host === originHost;
}
