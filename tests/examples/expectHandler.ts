import { expect } from 'vitest';

const post = (tenantId: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ tenantId }),
});

/** Asks a handler that stands at an address for a token and for its permissions, and for another tenant's. */
export async function expectHandler(url: string, basePath = '/upsolve'): Promise<void> {
  const registered = await fetch(`${url}${basePath}/tenant/register`, post('acme'));
  expect(registered.status).toBe(200);
  const { token, tenantId } = (await registered.json()) as { token: string; tenantId: string };
  expect(tenantId).toBe('acme');
  const headers = { authorization: `Bearer ${token}` };
  const settings = await fetch(`${url}${basePath}/permissions/tenant-settings/`, { headers });
  expect(await settings.json()).toMatchObject({ addChart: true, createChart: false, readOnly: false });
  expect((await fetch(`${url}${basePath}/tenant/refresh-token`, post('globex'))).status).toBe(409);
}

/** Without a key the app runs, and the first request is told what is missing. */
export async function expectMissingKey(url: string, basePath = '/upsolve'): Promise<void> {
  const refused = await fetch(`${url}${basePath}/tenant/register`, post('acme'));
  expect(refused.status).toBe(500);
  expect(await refused.json()).toEqual({
    code: 'invalid_options',
    error: expect.stringContaining('UPSOLVE_API_KEY') as string,
  });
}
