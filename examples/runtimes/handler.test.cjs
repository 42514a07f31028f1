const { createUpsolveTenantHandler } = require('react-upsolve-tenant/server');

const handler = createUpsolveTenantHandler({
  upsolveUrl: process.env.UPSOLVE_API_URL,
  identify: () => ({
    tenantId: 'acme',
    displayName: 'Acme',
    prefilters: { org_id: 'acme' },
    permissions: { addChart: true },
  }),
});

const ask = (path, init) => handler(new Request(`https://app.example/upsolve${path}`, init));

test('a tenant is registered, and its token has its permissions', async () => {
  const registered = await ask('/tenant/register', { method: 'POST', body: '{"tenantId":"acme"}' });
  expect(registered.status).toBe(200);
  const { token } = await registered.json();
  const permissions = await ask('/permissions/tenant-settings/', { headers: { authorization: `Bearer ${token}` } });
  expect(await permissions.json()).toMatchObject({ addChart: true, readOnly: false });
});
