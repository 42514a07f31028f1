import { describe, expect, test } from 'vitest';
import { matchRoute } from '../../src/server/routes';
import { createTestHandler } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { expressMounts } from './fixtures/mounts';

describe('the route of a path', () => {
  test.each([
    ['the base path', '/upsolve/tenant/register', '/upsolve'],
    ['a prefix that was cut off', '/tenant/register', '/upsolve'],
    ['a longer prefix', '/api/v1/upsolve/tenant/register', '/upsolve'],
    ['a base path of two segments', '/api/analytics/tenant/register', '/api/analytics'],
    ['such a one below another', '/v1/api/analytics/tenant/register', '/api/analytics'],
    ['the root', '/tenant/register', ''],
  ])('is found below %s, with a slash at the end and without', (_where, pathname, basePath) => {
    expect(matchRoute(pathname, basePath)).toBe('register');
    expect(matchRoute(`${pathname}/`, basePath)).toBe('register');
  });

  test.each([
    ['another prefix', '/analytics/tenant/register', '/upsolve'],
    ['the end of another segment', '/notupsolve/tenant/register', '/upsolve'],
    ['the beginning of another segment', '/upsolves/tenant/register', '/upsolve'],
    ['a part of the base path', '/analytics/tenant/register', '/api/analytics'],
    ['anything, where the base path is the root', '/upsolve/tenant/register', ''],
    ['two slashes', '/upsolve//tenant/register', '/upsolve'],
    ['the end of a segment that is longer', '/upsolve/xtenant/register', '/upsolve'],
  ])('is not found below %s', (_where, pathname, basePath) => {
    expect(matchRoute(pathname, basePath)).toBeUndefined();
  });

  test.each(['/tenant/register//', '/tenant', '/tenant/register/more', '/', ''])('is not found at %j', (pathname) => {
    expect(matchRoute(pathname, '/upsolve')).toBeUndefined();
  });
});

describe('a path without a route', () => {
  const ask = async (path: string, basePath?: string): Promise<string> => {
    const { handler } = createTestHandler({ upsolveUrl: 'http://127.0.0.1:1', basePath });
    const response = await handler(new Request(`https://app.example${path}`, { method: 'POST' }));
    expect(response.status).toBe(404);
    const { error, code } = (await response.json()) as { error: string; code: string };
    expect(code).toBe('not_found');
    return error;
  };

  test('is named in the answer, with the base path', async () => {
    expect(await ask('/analytics/tenant/register?tenant=acme#top')).toBe(
      'There is nothing at /analytics/tenant/register: the routes of this handler stand below its basePath, /upsolve.',
    );
    expect(await ask('/upsolve/tenant/register', '/')).toMatch(
      /at \/upsolve\/tenant\/register: .* its basePath, \/\.$/,
    );
  });

  test('is shortened where it is long, and never taken for a secret', async () => {
    const error = await ask(`/${'a'.repeat(5_000)}/tenant/register`);
    expect(error).toMatch(/^There is nothing at \/a{23}…enant\/register: .* its basePath, \/upsolve\.$/);
    expect(await ask('/api/v2/of/our/company/tenant/refresh-tokens')).toContain(
      '/api/v2/of/our/company/t…refresh-tokens:',
    );
  });

  test('brings no control character into the answer', async () => {
    const error = await ask('/\u0000\u0007\u001b[31m%0d%0a\n\t\u007f\u0085\u2028');
    expect(error).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028]/);
  });
});

describe.each(expressMounts)('below another path of an app, $name', ({ start }) => {
  test('leads to the routes', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const url = await start(handler, { below: '/api/v1' });
    expect((await fetch(`${url}/api/v1/upsolve/tenant/register/`, { method: 'POST' })).status).toBe(200);
  });
});
