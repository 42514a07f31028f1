import { describe, expect, test } from 'vitest';
import type { TenantIdentity, UpsolveTenantHandlerOptions } from 'react-upsolve-tenant/server';
import { GRANTS, RESTRICTIONS } from '../../src/core/permissions';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { type PageAnswer, readAnswer } from './fixtures/client';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';

async function start(options: Partial<UpsolveTenantHandlerOptions> = {}) {
  const upsolve = await startFakeUpsolve();
  const session: { identity: TenantIdentity | null } = { identity: null };
  const test = createTestHandler({ identify: () => session.identity, ...options, upsolveUrl: upsolve.url });
  const settings = async (token: string | undefined, init: RequestInit = {}): Promise<PageAnswer> => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return readAnswer(
      await test.handler(pageRequest('/permissions/tenant-settings/', { method: 'GET', headers, ...init })),
    );
  };
  return { ...test, upsolve, session, settings };
}

describe('the permissions route', () => {
  test('answers to the token alone with the bare flags that it was handed out with, all thirteen', async () => {
    const { handler, settings } = await start();
    const { token, permissions } = await handler.tenantFor(acme);
    const answer = await settings(token);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(permissions);
    expect(Object.keys(JSON.parse(answer.text) as object).sort()).toEqual([...GRANTS, ...RESTRICTIONS].sort());
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  test('answers HEAD without a body, and without its slash', async () => {
    const { handler, settings } = await start();
    const { token } = await handler.tenantFor(acme);
    expect(await settings(token, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    const bare = pageRequest('/permissions/tenant-settings', {
      method: 'GET',
      headers: { authorization: `bearer ${token}` },
    });
    expect((await handler(bare)).status).toBe(200);
  });

  test('answers to each of the tokens that live at once', async () => {
    const { handler, settings, session } = await start();
    session.identity = acme;
    const { token: first } = await handler.tenantFor(acme);
    const { token: second } = (await readAnswer(await handler(pageRequest('/tenant/refresh-token')))).body;
    expect([(await settings(first)).status, (await settings(second)).status]).toEqual([200, 200]);
  });

  test('refuses without a token, and with one that was never handed out', async () => {
    const { settings, upsolve } = await start();
    const stranger = await upsolve.sign({ displayName: 'Acmé GmbH', prefilters: {} });
    for (const token of [undefined, '', 'nonsense', 'a.b.c', stranger]) {
      expect(await settings(token)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
  });

  test('refuses a token that has ended, as Upsolve would say it', async () => {
    const clock = { nowMs: Date.now() };
    const { handler, settings } = await start({ now: () => clock.nowMs });
    const { token } = await handler.tenantFor(acme);
    clock.nowMs += 3_601_000;
    expect(await settings(token)).toMatchObject({
      status: 401,
      body: { code: 'token_expired', error: 'Token expired' },
    });
  });

  test('refuses another tenant’s token to whoever is signed in', async () => {
    const { handler, settings, session } = await start();
    const { token } = await handler.tenantFor(acme);
    session.identity = { ...acme, tenantId: 'globex' };
    expect(await settings(token)).toMatchObject({ status: 403, body: { code: 'tenant_mismatch' } });
  });

  test('shows a flag that the session has lost as lost at once, and grants none that the token has not', async () => {
    const { handler, settings, session } = await start();
    const { token } = await handler.tenantFor(acme);
    session.identity = { ...acme, permissions: { addChart: false, drillDown: true, editCharts: true } };
    expect((await settings(token)).body).toMatchObject({
      addChart: false,
      drillDown: true,
      editCharts: false,
    });
    session.identity = { ...acme, permissions: { ...acme.permissions, readOnly: true } };
    expect((await settings(token)).body).toMatchObject({ readOnly: true, drillDown: false });
  });

  test('takes an identify that fails, or answers for itself, as no session', async () => {
    for (const identify of [
      () => Promise.reject(new Error('not our token')),
      () => new Response(null, { status: 302 }),
    ]) {
      const { handler, settings } = await start({ identify });
      const { token } = await handler.tenantFor(acme);
      expect((await settings(token)).status).toBe(200);
    }
  });

  test('refuses other sites before it looks at the token', async () => {
    const { handler } = await start();
    const { token } = await handler.tenantFor(acme);
    const request = pageRequest('/permissions/tenant-settings/', {
      method: 'GET',
      headers: { authorization: `Bearer ${token}`, 'sec-fetch-site': 'cross-site' },
    });
    expect((await handler(request)).status).toBe(403);
  });
});
