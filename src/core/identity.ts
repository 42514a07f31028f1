import { fingerprint } from './fingerprint';
import type { TenantRequestOptions } from './options';
import type { TenantTarget } from './tenancyContract';

/** What makes one tenant and session another. */
export interface IdentityOptions extends TenantRequestOptions {
  /** Which tenant; undefined in an app with one, null or '' while it is not known yet. Compared as text. */
  tenantId?: string | number | null | undefined;
  /** Who is signed in, so that another user is another identity. It is never sent. */
  sessionKey?: string | number | null | undefined;
  /** @default true */
  enabled?: boolean | undefined;
  baseUrl?: string | undefined;
}

/** Which tenant is wanted; null where nothing is to be asked. */
export function resolveTarget(options: IdentityOptions): TenantTarget | null {
  const { tenantId, sessionKey, enabled = true } = options;
  if (!enabled || tenantId === null || tenantId === '') return null;
  const tenantText = tenantId === undefined ? undefined : String(tenantId);
  const parts = [tenantText, sessionKey == null ? undefined : String(sessionKey), endpointOf(options), bodyOf(options)];
  // A part that is missing is not the same as one that is empty.
  const identity = JSON.stringify(parts.map((part) => part ?? null));
  return { identity, ...(tenantText !== undefined && { tenantId: tenantText }) };
}

/** Rule 12: a name for the session that other tabs of the app find too, and that tells nobody who it is. */
export function sessionName(options: IdentityOptions): string {
  const { sessionKey, tenantId } = options;
  return fingerprint(JSON.stringify([endpointOf(options), String(sessionKey ?? tenantId)]));
}

function endpointOf({ endpoint, baseUrl }: IdentityOptions): string | undefined {
  if (endpoint === undefined) return undefined;
  try {
    return new URL(endpoint, baseUrl).href;
  } catch {
    return String(endpoint);
  }
}

function bodyOf({ body }: IdentityOptions): string | undefined {
  try {
    // Of a function nothing is left: it may give another body each time.
    return JSON.stringify(body);
  } catch {
    return undefined;
  }
}
