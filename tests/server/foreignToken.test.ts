import { describe, expect, test } from 'vitest';
import { createMemoryStore, type TenantIdentity } from 'react-upsolve-tenant/server';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { readAnswer } from './fixtures/client';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';

const globex: TenantIdentity = { ...acme, tenantId: 'globex', displayName: 'Globex', prefilters: { org_id: 8 } };
const refused = { status: 502, body: { code: 'invalid_response' } };

/** An Upsolve behind a cache that forgot what it was asked for. */
async function start(options: object = {}) {
  const upsolve = await startFakeUpsolve();
  const token = await upsolve.sign({ displayName: 'Acme', prefilters: {} });
  upsolve.answerWith = () => ({ body: { token } });
  const open = () =>
    createTestHandler({
      upsolveUrl: upsolve.url,
      identify: (request) => (request.headers.get('x-tenant') === 'globex' ? globex : acme),
      ...options,
    });
  const asTenant = (tenant: string, path = '/tenant/register'): Request =>
    pageRequest(path, { headers: { 'x-tenant': tenant } });
  return { open, asTenant, upsolve };
}

describe('a token that was handed out', () => {
  test('is refused for another tenant, and told to the backend', async () => {
    const { open, asTenant } = await start();
    const { handler, faults } = open();
    expect((await handler(asTenant('acme'))).status).toBe(200);
    expect(await readAnswer(await handler(asTenant('globex')))).toMatchObject(refused);
    expect(faults()).toMatchObject([{ source: 'issuer', error: { code: 'invalid_response' } }]);
    // The permissions route goes on knowing whose it is.
    expect((await handler(asTenant('acme', '/tenant/refresh-token'))).status).toBe(200);
  });

  test('goes to one of two who ask at the same moment', async () => {
    const memory = createMemoryStore();
    const slowly = async (done: unknown): Promise<unknown> => {
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      return done;
    };
    const { open, asTenant } = await start({
      store: {
        ...memory,
        get: async (key: string) => slowly(memory.get(key)),
        set: async (key: string, value: string, ttlMs: number) => slowly(memory.set(key, value, ttlMs)),
      },
      encryptionKeys: ['e'.repeat(32)],
    });
    const { handler } = open();
    const answers = await Promise.all(
      ['acme', 'globex', 'acme', 'globex'].map((tenant) => handler(asTenant(tenant, '/tenant/refresh-token'))),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);
    expect(statuses[0]).toBe(statuses[2]);
    expect(statuses[1]).toBe(statuses[3]);
  });

  test('is known to another process on the same store', async () => {
    const shared = { store: createMemoryStore(), encryptionKeys: ['e'.repeat(32)] };
    const { open, asTenant } = await start(shared);
    expect((await open().handler(asTenant('acme'))).status).toBe(200);
    expect(await readAnswer(await open().handler(asTenant('globex')))).toMatchObject(refused);
  });

  test('is known while the store is down', async () => {
    const down = (): Promise<never> => Promise.reject(new Error('down'));
    const { open, asTenant } = await start({
      store: { get: down, set: down, delete: down },
      encryptionKeys: ['e'.repeat(32)],
    });
    const { handler } = open();
    expect((await handler(asTenant('acme'))).status).toBe(200);
    expect(await readAnswer(await handler(asTenant('globex')))).toMatchObject(refused);
  });

  test('of issueToken is judged like Upsolve’s', async () => {
    const { sign } = await startFakeUpsolve();
    const token = await sign({ displayName: 'Everybody', prefilters: {} });
    const { open, asTenant } = await start({ issueToken: () => token });
    const { handler } = open();
    expect((await handler(asTenant('acme'))).status).toBe(200);
    expect(await readAnswer(await handler(asTenant('globex')))).toMatchObject(refused);
  });
});
