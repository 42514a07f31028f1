import { describe, expect, test } from 'vitest';
import type { SerializedTenant, TenantIdentity } from 'react-upsolve-tenant/server';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { readAnswer } from './fixtures/client';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { sampleApiKey, sampleEncryptionKey } from './fixtures/sampleKeys';
import { storeKinds } from './fixtures/stores';

/** One handler serves many tenants: the request's session names which. */
const identifyByHeader = (request: Request): TenantIdentity => {
  const n = Number(request.headers.get('x-tenant'));
  return { ...acme, tenantId: `tenant-${n}`, prefilters: { org_id: n + 1 } };
};

describe.each(storeKinds)('kept in $name', ({ create }) => {
  test('a token that one process registered serves every other', async () => {
    const upsolve = await startFakeUpsolve();
    const open = await create();
    const options = {
      upsolveUrl: upsolve.url,
      apiKey: sampleApiKey(),
      encryptionKeys: [sampleEncryptionKey()] as const,
    };
    const one = createTestHandler({ ...options, store: open().store });
    const other = createTestHandler({ ...options, store: open().store });

    const { token, permissions } = await one.handler.tenantFor(acme);
    expect((await other.handler.tenantFor(acme)).token).toBe(token);
    const bearer = { method: 'GET', headers: { authorization: `Bearer ${token}` } };
    const settings = await readAnswer(await other.handler(pageRequest('/permissions/tenant-settings/', bearer)));
    expect(settings).toMatchObject({ status: 200, body: permissions });
    expect(upsolve.requests).toHaveLength(1);
  });

  test('a dump holds no token, API key, name or tenant id, though Upsolve echoes the key', async () => {
    const upsolve = await startFakeUpsolve();
    const apiKey = sampleApiKey();
    upsolve.answerWith = async (sent) => ({
      body: { token: await upsolve.sign(sent), message: `registered with ${apiKey}`, apiKey },
    });
    const { store, dump } = (await create())();
    const { handler, events } = createTestHandler({
      upsolveUrl: upsolve.url,
      apiKey,
      store,
      encryptionKeys: [sampleEncryptionKey()],
      onPermissionsChange: () => undefined,
    });

    const { token } = await handler.tenantFor({ ...acme, tenantId: 'acme-corporation' });

    const held = await dump();
    expect(held).toContain('token:');
    for (const secret of [token, ...token.split('.').slice(1), apiKey, 'Acmé', 'acme-corporation', 'addChart']) {
      expect(held).not.toContain(secret);
    }
    expect(JSON.stringify(events)).not.toContain(apiKey);
  });

  test('a newer key takes over without losing a token, a foreign key finds nothing, breaks nothing and is reported', async () => {
    const upsolve = await startFakeUpsolve();
    const { store } = (await create())();
    const [old, newer, foreign] = [sampleEncryptionKey(), sampleEncryptionKey(), sampleEncryptionKey()];
    const apiKey = sampleApiKey();
    const tokenWith = async (...encryptionKeys: [string, ...string[]]) => {
      const { handler, faults } = createTestHandler({ upsolveUrl: upsolve.url, apiKey, store, encryptionKeys });
      const { token } = await handler.tenantFor(acme);
      return { token, faults: new Set(faults().map(({ source, error }) => `${source}: ${error.message}`)) };
    };

    const first = await tokenWith(old);
    expect(first.faults.size).toBe(0);
    expect(await tokenWith(newer, old)).toEqual(first);
    const other = await tokenWith(foreign);
    expect(other.token).not.toBe(first.token);
    expect([...other.faults]).toEqual([expect.stringMatching(/^store: .*none of encryptionKeys opens/)]);
    expect(upsolve.requests).toHaveLength(2);
  });

  test(
    '1,000 requests of one tenant at once are one registration, those of 100 tenants are 100',
    { timeout: 30_000 },
    async () => {
      const upsolve = await startFakeUpsolve();
      const { store } = (await create())();
      const { handler } = createTestHandler({
        upsolveUrl: upsolve.url,
        store,
        encryptionKeys: [sampleEncryptionKey()],
        identify: identifyByHeader,
      });
      const ask = async (n: number): Promise<SerializedTenant> =>
        (await readAnswer(await handler(pageRequest('/tenant/register', { headers: { 'x-tenant': String(n) } })))).body;

      const same = await Promise.all(Array.from({ length: 1_000 }, () => ask(0)));
      expect(new Set(same.map(({ token }) => token)).size).toBe(1);
      expect(upsolve.requests).toHaveLength(1);

      const many = await Promise.all(Array.from({ length: 1_000 }, (_, n) => ask(n % 100)));
      expect(upsolve.requests).toHaveLength(100);
      const owners = new Map(many.map(({ token, tenantId }) => [token, tenantId]));
      expect(new Set(owners.values()).size).toBe(100);
      expect(many.every(({ tenantId }, n) => tenantId === `tenant-${n % 100}`)).toBe(true);
    },
  );

  test('processes that race cost one registration each at most, and every token handed out is known to all', async () => {
    const upsolve = await startFakeUpsolve();
    const open = await create();
    const options = {
      upsolveUrl: upsolve.url,
      apiKey: sampleApiKey(),
      encryptionKeys: [sampleEncryptionKey()] as const,
    };
    const processes = Array.from({ length: 3 }, () => createTestHandler({ ...options, store: open().store }).handler);

    const answers = await Promise.all(
      processes.flatMap((handler) => Array.from({ length: 20 }, () => handler.tenantFor(acme))),
    );

    expect(upsolve.requests.length).toBeLessThanOrEqual(3);
    for (const token of new Set(answers.map((answer) => answer.token))) {
      for (const handler of processes) {
        const bearer = { method: 'GET', headers: { authorization: `Bearer ${token}` } };
        expect((await handler(pageRequest('/permissions/tenant-settings', bearer))).status).toBe(200);
      }
    }
  });

  test('the role signal is not repeated after a restart, and tells a change with what was before', async () => {
    const upsolve = await startFakeUpsolve();
    const open = await create();
    const options = {
      upsolveUrl: upsolve.url,
      apiKey: sampleApiKey(),
      encryptionKeys: [sampleEncryptionKey()] as const,
    };
    const told: unknown[] = [];
    const restart = () =>
      createTestHandler({
        ...options,
        store: open().store,
        onPermissionsChange: (_identity, now, before) => void told.push([now.editCharts, before?.editCharts ?? null]),
      }).handler;

    await restart().tenantFor(acme);
    await restart().tenantFor(acme);
    expect(told).toEqual([[false, null]]);
    await restart().tenantFor({ ...acme, permissions: { editCharts: true } });
    expect(told).toEqual([
      [false, null],
      [true, false],
    ]);
  });
});
