import { parseClaims } from '../core/answer';
import { UpsolveTenantError } from '../core/errors';
import { intersectPermissions, type UpsolvePermissions } from '../core/permissions';
import { type CapturedIdentity, type TenantIdentity, tenantIdOf } from './identity';
import type { TenantDesk } from './tenantDesk';

/**
 * The flags of a token, which are the permissions route's whole answer. The token alone authorises: what it was handed
 * out with is what it may do. A session, where there is one, can only take away: another tenant's is refused, and a flag
 * the user has lost since is off at once.
 *
 * @throws UpsolveTenantError `unauthenticated`, `token_expired`, or `tenant_mismatch` with status 403.
 */
export async function answerPermissions<Identity extends TenantIdentity>(
  headers: Headers,
  captured: CapturedIdentity<Identity> | null,
  desk: TenantDesk<Identity>,
): Promise<UpsolvePermissions> {
  const token = /^Bearer +([\x21-\x7e]+) *$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined) throw new UpsolveTenantError('unauthenticated', { message: 'A Bearer token is needed.' });
  const known = await desk.findHandedOut(token);
  if (!known) throw unknownToken(token, desk.now());
  if (!captured) return known.permissions;
  if (tenantIdOf(captured) !== known.tenantId) {
    throw new UpsolveTenantError('tenant_mismatch', { status: 403, message: 'The token is of another tenant.' });
  }
  return intersectPermissions(known.permissions, captured.permissions);
}

/** Its end is read from the token itself: that proves nothing, and it opens nothing. */
function unknownToken(token: string, nowMs: number): UpsolveTenantError {
  let endsAtMs = Number.POSITIVE_INFINITY;
  try {
    endsAtMs = parseClaims(token)?.expiresAtMs ?? endsAtMs;
  } catch {
    // Not a token at all.
  }
  if (endsAtMs <= nowMs) return new UpsolveTenantError('token_expired');
  return new UpsolveTenantError('unauthenticated', { message: 'This token was not handed out here.' });
}
