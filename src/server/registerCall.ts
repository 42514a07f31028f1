import type { AskForToken } from './requestToken';
import type { TenantRegistration } from './registration';

/** Where Upsolve registers a tenant, below its host. */
const REGISTER_PATH = '/v1/api/tenant/register-tenant';

export interface RegisterCallOptions {
  readonly upsolveUrl: string;
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
}

/** The register call, which is also the refresh: Upsolve has no other. */
export function registerCall(registration: TenantRegistration, options: RegisterCallOptions): AskForToken {
  const { upsolveUrl, apiKey, fetch } = options;
  return (signal) =>
    fetch(`${upsolveUrl}${REGISTER_PATH}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ ...registration, apiKey }),
      cache: 'no-store',
      // A redirect that is followed would take the key to another host.
      redirect: 'manual',
      signal,
    });
}
