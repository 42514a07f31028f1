import { UpsolveTenantError } from '../core/errors';

/** '/upsolve', 'upsolve/' → '/upsolve'; '/' and '' stand for the root. */
export function parseBasePath(text: string): string {
  const path = text.replace(/^\/*/, '/').replace(/\/+$/, '');
  if (/[?#\s]/.test(path)) throw refused('basePath is not a path');
  return path;
}

/** @throws UpsolveTenantError `insecure_endpoint` where the API key would be sent unencrypted. */
export function parseUpsolveUrl(text: string): string {
  if (!URL.canParse(text)) throw refused('upsolveUrl is not an absolute URL');
  const { protocol, hostname, origin, pathname } = new URL(text);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback)) {
    throw new UpsolveTenantError('insecure_endpoint', {
      message: 'createUpsolveTenantHandler: upsolveUrl must be https, or the API key travels readable.',
    });
  }
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

/** With credentials there is no "everyone", and `null` is the origin of any sandboxed page. */
export function parseAllowedOrigins(origins: readonly string[]): readonly string[] {
  return origins.map((text) => {
    const origin = URL.canParse(text) ? new URL(text).origin : 'null';
    if (origin === 'null' || origin !== text.replace(/\/$/, '').toLowerCase()) {
      throw refused('each of allowedOrigins must be one origin, as https://app.example.com');
    }
    return origin;
  });
}

/** The longest time that a timer can wait. */
const LONGEST_MS = 2 ** 31 - 1;

export function parseMs(name: string, value: number): number {
  if (!(value >= 0 && value <= LONGEST_MS)) throw refused(`${name} is not a number of milliseconds`);
  return value;
}

function refused(why: string): UpsolveTenantError {
  return new UpsolveTenantError('invalid_options', { message: `createUpsolveTenantHandler: ${why}.` });
}
