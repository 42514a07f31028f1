import { createUpsolveTenantHandler } from 'react-upsolve-tenant/server';
import { getSession } from './session.server';

/** The signed-in user as Upsolve is told about them; null where nobody is signed in. */
export async function identify(request: Request) {
  const session = await getSession(request);
  if (!session) return null;
  const { orgId: tenantId, orgName: displayName, permissions } = session;
  return { tenantId, displayName, prefilters: { org_id: tenantId }, permissions };
}

// The API key is read from UPSOLVE_API_KEY at the first request: a build needs none.
export const handler = createUpsolveTenantHandler({ identify, upsolveUrl: process.env.UPSOLVE_API_URL });
