import { createUpsolveTenantHandler } from 'react-upsolve-tenant/server';

// The API key is read from UPSOLVE_API_KEY at the first request.
export const handler = createUpsolveTenantHandler({
  upsolveUrl: process.env.UPSOLVE_API_URL,
  // Stands for your own session: here everybody is signed in to Acme.
  identify: () => ({
    tenantId: 'acme',
    displayName: 'Acme',
    prefilters: { org_id: 'acme' },
    permissions: { addChart: true },
  }),
});
