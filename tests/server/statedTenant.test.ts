import { describe, expect, test } from 'vitest';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { readAnswer } from './fixtures/client';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';

async function start(options: object = {}) {
  const upsolve = await startFakeUpsolve();
  return { upsolve, ...createTestHandler({ ...options, upsolveUrl: upsolve.url }) };
}

describe('whose tenant a body names', () => {
  const send = async (body: BodyInit, contentType?: string) => {
    const { handler, upsolve } = await start({ identify: () => ({ ...acme, tenantId: 7 }) });
    const headers: Record<string, string> = contentType ? { 'content-type': contentType } : {};
    const answer = await readAnswer(await handler(pageRequest('/tenant/register', { body, headers })));
    return { ...answer, sent: upsolve.requests.length };
  };
  const form = (id: string): FormData => {
    const data = new FormData();
    data.set('tenantId', id);
    return data;
  };

  test.each<[string, BodyInit, string?]>([
    ['JSON', '{"tenantId":"7"}', 'application/json'],
    ['JSON with a number', '{"tenantId":7}', 'application/json'],
    ['JSON with null', '{"tenantId":null}', 'application/json'],
    ['JSON without one', '{"region":"eu"}', 'application/json'],
    ['JSON that is no object', '[1]', 'application/json'],
    ['a form', new URLSearchParams({ tenantId: '7' })],
    ['a multipart form', form('7')],
    ['text of the app’s own', 'hello', 'text/plain'],
    ['nothing', ''],
  ])('%s in accord with the session is served', async (_kind, body, contentType) => {
    expect(await send(body, contentType)).toMatchObject({ status: 200, sent: 1, body: { tenantId: '7' } });
  });

  test.each<[string, BodyInit, string?]>([
    ['JSON', '{"tenantId":"8"}', 'application/json'],
    ['snake case', '{"tenant_id":8}', 'application/json'],
    ['JSON called text', '{"tenantId":"8"}', 'text/plain'],
    ['an object as id', '{"tenantId":{"$ne":7}}', 'application/json'],
    ['an empty id', '{"tenantId":""}', 'application/json'],
    [
      'a form',
      new URLSearchParams([
        ['tenantId', '7'],
        ['tenantId', '8'],
      ]),
    ],
    ['a multipart form', form('8')],
  ])('%s of another tenant is a tenant_mismatch, and Upsolve hears nothing', async (_kind, body, contentType) => {
    expect(await send(body, contentType)).toMatchObject({ status: 409, sent: 0, body: { code: 'tenant_mismatch' } });
  });

  test('a body that only claims to be JSON is refused', async () => {
    expect(await send('{"tenantId":', 'application/json')).toMatchObject({ status: 400, sent: 0 });
  });

  test('identify can still read the body', async () => {
    const seen: unknown[] = [];
    const { handler } = await start({
      async identify(request: Request) {
        seen.push(await request.json());
        return acme;
      },
    });
    const body = JSON.stringify({ tenantId: 'acme', csrf: 'a'.repeat(40_000) });
    const response = await handler(pageRequest('/tenant/register', { body }));
    expect(response.status).toBe(200);
    expect(seen).toEqual([JSON.parse(body)]);
  });

  test('a body without end and without a length is refused once it is too large', async () => {
    const { handler, upsolve } = await start();
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(16 * 1_024));
      },
    });
    const init = { body: endless, duplex: 'half' } as RequestInit;
    const response = await handler(pageRequest('/tenant/register', init));
    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(20);
    expect(upsolve.requests).toHaveLength(0);
  });
});
