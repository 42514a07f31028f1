import { expect, test } from 'vitest';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { readAnswer } from './fixtures/client';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';

test('a registration is answered with the token, what it has left and the permissions', async () => {
  const upsolve = await startFakeUpsolve();
  const { handler, apiKey } = createTestHandler({ upsolveUrl: upsolve.url });

  const response = await handler(pageRequest('/tenant/register'));

  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('vary')).toBe('Origin');
  const body = await response.json();
  expect(body).toMatchObject({
    tenantId: 'acme',
    token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    permissions: { addChart: true, drillDown: true, readOnly: false, editCharts: false },
  });
  expect(body.expiresIn).toBeGreaterThan(3_590);
  expect(body.expiresIn).toBeLessThanOrEqual(3_600);
  const left = Date.parse(body.expiresAt) - Date.parse(body.serverTime);
  expect(Math.floor(left / 1_000)).toBe(body.expiresIn);
  expect(upsolve.requests).toEqual([
    {
      apiKey,
      displayName: 'Acmé GmbH',
      prefilters: { org_id: 7 },
      tenantEditingPermissions: expect.objectContaining({ addChart: true, readOnly: false }),
    },
  ]);
});

test('a second page load gets the same token, a refresh always a new one with the same scope', async () => {
  const upsolve = await startFakeUpsolve();
  const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
  const ask = async (path: string): Promise<string> => (await (await handler(pageRequest(path))).json()).token;

  const first = await ask('/tenant/register');
  expect(await ask('/tenant/register')).toBe(first);
  const second = await ask('/tenant/refresh-token');
  expect(second).not.toBe(first);
  expect(await ask('/tenant/register')).toBe(second);

  expect(upsolve.requests).toHaveLength(2);
  expect(upsolve.requests[1]).toEqual(upsolve.requests[0]);
});

test('a server component gets the same answer without a request', async () => {
  const upsolve = await startFakeUpsolve();
  const { handler } = createTestHandler({ upsolveUrl: upsolve.url });

  const rendered = await handler.tenantFor(acme);
  const fetched = await (await handler(pageRequest('/tenant/register'))).json();

  expect(fetched.token).toBe(rendered.token);
  expect(Object.keys(rendered).sort()).toEqual(Object.keys(fetched).sort());
});

test('refreshes at once, and a registration beside them, share one call; the next refresh makes its own', async () => {
  const upsolve = await startFakeUpsolve();
  const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
  const ask = async (path: string): Promise<string> => (await readAnswer(await handler(pageRequest(path)))).body.token;

  const paths = Array.from({ length: 99 }, (_, n) => (n % 3 === 0 ? '/tenant/register' : '/tenant/refresh-token'));
  const tokens = await Promise.all(paths.map(ask));

  expect(new Set(tokens).size).toBe(1);
  expect(upsolve.requests).toHaveLength(1);
  expect(await ask('/tenant/refresh-token')).not.toBe(tokens[0]);
});
