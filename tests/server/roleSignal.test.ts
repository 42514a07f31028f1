import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryStore, type TenantIdentity } from 'react-upsolve-tenant/server';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';

type Told = [user: unknown, tenant: unknown, editCharts: boolean, before: boolean | null];

async function start(fail: () => void = () => undefined) {
  const upsolve = await startFakeUpsolve();
  const told: Told[] = [];
  const session: { identity: TenantIdentity } = { identity: acme };
  const test = createTestHandler({
    upsolveUrl: upsolve.url,
    identify: () => session.identity,
    onPermissionsChange(identity, now, before) {
      told.push([identity.userId, identity.tenantId, now.editCharts, before?.editCharts ?? null]);
      fail();
    },
  });
  return { ...test, upsolve, told, session };
}

const editor: TenantIdentity = { ...acme, permissions: { editCharts: true } };

describe('the role signal', () => {
  test('fires once a change, in whatever way the tenant is asked for', async () => {
    const { handler, told, session } = await start();
    const { token } = await handler.tenantFor(acme);
    await handler(pageRequest('/tenant/register'));
    await handler(pageRequest('/tenant/refresh-token'));
    expect(told).toEqual([['ada', 'acme', false, null]]);

    session.identity = editor;
    const bearer = { method: 'GET', headers: { authorization: `Bearer ${token}` } };
    await handler(pageRequest('/permissions/tenant-settings/', bearer));
    await handler(pageRequest('/tenant/refresh-token'));
    expect(told.slice(1)).toEqual([['ada', 'acme', true, false]]);
  });

  test('fires once for many requests at once', async () => {
    const { handler, told } = await start();
    await Promise.all(Array.from({ length: 200 }, () => handler(pageRequest('/tenant/register'))));
    expect(told).toHaveLength(1);
  });

  test('is kept apart by user and by tenant, and without a user by tenant', async () => {
    const { handler, told } = await start();
    const shared: TenantIdentity = { ...editor, userId: undefined };
    for (const identity of [
      acme,
      { ...editor, userId: 'bob' },
      { ...editor, tenantId: 'globex' },
      shared,
      shared,
      acme,
    ]) {
      await handler.tenantFor(identity);
    }
    expect(told).toEqual([
      ['ada', 'acme', false, null],
      ['bob', 'acme', true, null],
      ['ada', 'globex', true, null],
      [undefined, 'acme', true, null],
    ]);
  });

  test('that fails costs nobody a token, is reported, and is told again', async () => {
    let failures = 1;
    const { handler, told, faults } = await start(() => {
      if (failures-- > 0) throw new Error('the user table is locked');
    });
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(200);
    expect(faults()).toMatchObject([
      { source: 'onPermissionsChange', error: { message: 'Error: the user table is locked' } },
    ]);
    await handler(pageRequest('/tenant/register'));
    await handler(pageRequest('/tenant/register'));
    expect(told).toHaveLength(2);
  });

  test('that hangs is not waited for without end', async () => {
    const upsolve = await startFakeUpsolve();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    let isTold = false;
    const { handler, faults } = createTestHandler({
      upsolveUrl: upsolve.url,
      upstreamTimeoutMs: 300,
      onPermissionsChange: () => {
        isTold = true;
        return new Promise(() => undefined);
      },
    });
    const answer = handler(pageRequest('/tenant/register'));
    // Until the token is there, and the listener alone is waited for.
    const isAlone = (): boolean => isTold && upsolve.requests.length === 1 && vi.getTimerCount() === 1;
    while (!isAlone()) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(300);
    expect((await answer).status).toBe(200);
    expect(faults()).toMatchObject([{ source: 'onPermissionsChange', error: { code: 'timeout' } }]);
  });

  test('is silent for an identity that is refused', async () => {
    const { handler, told, session } = await start();
    session.identity = { ...acme, prefilters: {} };
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(422);
    expect(told).toEqual([]);
  });

  test('is told once to a user who comes back for a year, and written down no oftener than needed', async () => {
    const clock = { nowMs: Date.parse('2030-01-01T00:00:00Z') };
    const upsolve = await startFakeUpsolve();
    upsolve.now = () => clock.nowMs;
    const memory = createMemoryStore({ now: () => clock.nowMs });
    let told = 0;
    let written = 0;
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      now: () => clock.nowMs,
      encryptionKeys: ['e'.repeat(32)],
      store: {
        ...memory,
        set: (key, value, ttlMs) => {
          if (key.startsWith('permissions:')) written++;
          return memory.set(key, value, ttlMs);
        },
      },
      onPermissionsChange: () => void told++,
    });
    for (let day = 0; day < 365; day += 5) {
      await handler.tenantFor(acme);
      clock.nowMs += 5 * 24 * 60 * 60_000;
    }
    expect(told).toBe(1);
    expect(written).toBeLessThan(12);
  });
});
