import { createRequestListener } from '@remix-run/node-fetch-server';
import { expect, test } from 'vitest';
import { acme, createTestHandler } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { listen } from './fixtures/listen';

/** A proxy that keeps whatever it is not forbidden to keep, by method and path: as the worst of them do. */
function startCachingProxy(origin: string): Promise<string> {
  const kept = new Map<string, Response>();
  return listen(
    createRequestListener(async (request) => {
      const { pathname } = new URL(request.url);
      const key = `${request.method} ${pathname}`;
      const found = kept.get(key);
      if (found) return found.clone();
      const { method, headers } = request;
      const body = method === 'POST' ? await request.text() : null;
      const answer = await fetch(origin + pathname, { method, headers, body });
      const mayKeep = !/no-store|private/.test(answer.headers.get('cache-control') ?? '');
      const copy = new Response(await answer.text(), { status: answer.status, headers: answer.headers });
      if (mayKeep) kept.set(key, copy.clone());
      return copy;
    }),
  );
}

test('through a caching proxy, two users who ask for the same get each their own', async () => {
  const upsolve = await startFakeUpsolve();
  const { handler } = createTestHandler({
    upsolveUrl: upsolve.url,
    identify: (request) => {
      const userId = request.headers.get('x-user') ?? '';
      return { ...acme, userId, permissions: { addChart: userId === 'ada' } };
    },
  });
  const proxy = await startCachingProxy(await listen(createRequestListener((request) => handler(request))));
  const ask = async (path: string, method: string, headers: Record<string, string>) => {
    const response = await fetch(proxy + path, { method, headers });
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    return (await response.json()) as { token: string } & Record<string, unknown>;
  };

  const tokens = [];
  for (const user of ['ada', 'ben']) {
    const { token } = await ask('/upsolve/tenant/register', 'POST', { 'x-user': user });
    const authorization = `Bearer ${token}`;
    const settings = await ask('/upsolve/permissions/tenant-settings/', 'GET', { 'x-user': user, authorization });
    expect(settings['addChart']).toBe(user === 'ada');
    tokens.push(token);
  }
  expect(new Set(tokens).size).toBe(2);
});
