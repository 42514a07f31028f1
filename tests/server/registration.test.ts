import { describe, expect, test } from 'vitest';
import type { TenantIdentity } from 'react-upsolve-tenant/server';
import { acme, createTestHandler } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { register } from './fixtures/register';

describe('what Upsolve is sent', () => {
  test('is the same scope at every registration, and nothing of the user', async () => {
    const identity = {
      ...acme,
      organizationId: 'org',
      connectionOverride: { connectionId: 'warehouse' },
      customMetadata: { plan: 'gold' },
      expiration: '30m',
      schemaPreFilter: 'tenant_acme',
      key: 'former-id',
    };
    const { sent } = await register(identity);

    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(Object.keys(sent[0]!).sort()).toEqual([
      'apiKey',
      'connectionOverride',
      'customMetadata',
      'displayName',
      'expiration',
      'key',
      'organizationId',
      'prefilters',
      'prefilters_schema',
      'schemaPreFilter',
      'tenantEditingPermissions',
    ]);
  });

  test('permissions are the effective set: readOnly leaves no grant, none given is read-only', async () => {
    const flags = async (permissions: unknown): Promise<unknown> =>
      (await register({ ...acme, permissions })).sent[0]?.tenantEditingPermissions;

    expect(await flags({ readOnly: true, editCharts: true })).toMatchObject({ readOnly: true, editCharts: false });
    expect(await flags(undefined)).toMatchObject({ readOnly: true, editCharts: false });
  });

  test.each<[string, unknown]>([
    ['no display name', { ...acme, displayName: ' ' }],
    ['no tenant id', { ...acme, tenantId: '' }],
    ['a tenant id that is no id', { ...acme, tenantId: null }],
  ])('%s is refused', async (_name, identity) => {
    const { answers, sent } = await register(identity);
    expect(answers.map(({ status }) => status)).toEqual([422, 422]);
    expect(sent).toHaveLength(0);
  });
});

describe('two users of one tenant', () => {
  const viewer: TenantIdentity = { ...acme, userId: 'vera', permissions: { readOnly: true } };
  const admin: TenantIdentity = { ...acme, userId: 'adam', permissions: { editCharts: true } };
  const claimsOf = (token: string): unknown => JSON.parse(atob(token.split('.')[1]!));

  test('with different permissions never get each other’s token, at once or one after the other', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });

    const atOnce = await Promise.all([viewer, admin, viewer, admin].map((user) => handler.tenantFor(user)));
    const after = [await handler.tenantFor(admin), await handler.tenantFor(viewer)];

    expect(upsolve.requests).toHaveLength(2);
    const ofViewer = new Set([atOnce[0]!, atOnce[2]!, after[1]!].map(({ token }) => token));
    const ofAdmin = new Set([atOnce[1]!, atOnce[3]!, after[0]!].map(({ token }) => token));
    expect([ofViewer.size, ofAdmin.size]).toEqual([1, 1]);
    expect([...ofViewer]).not.toEqual([...ofAdmin]);
    expect(after[0]?.permissions.editCharts).toBe(true);
    expect(after[1]?.permissions).toMatchObject({ readOnly: true, editCharts: false });
  });

  test.each<[string, Partial<TenantIdentity>]>([
    ['name', { displayName: 'Acme' }],
    ['prefilters', { prefilters: { org_id: 8 } }],
    ['schema', { schemaPreFilter: 'other' }],
    ['connection', { connectionOverride: { connectionId: 'other' } }],
    ['organisation', { organizationId: 'other' }],
    ['metadata', { customMetadata: { plan: 'gold' } }],
    ['expiration', { expiration: '2h' }],
    ['tenant id', { tenantId: 'globex' }],
  ])('with another %s have another token', async (_name, change) => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const first = await handler.tenantFor(acme);
    const second = await handler.tenantFor({ ...acme, ...change });
    expect(second.token).not.toBe(first.token);
    expect(claimsOf(second.token)).not.toEqual(claimsOf(first.token));
  });

  test('whose flags only look alike when they are written one after the other have tokens of their own', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const flags = [{ x: true, y: true }, { ['x\n+y']: true }, { ['x\n+1:y']: true }, { x: true, y: false }];
    const tokens = [];
    for (const permissions of flags) tokens.push((await handler.tenantFor({ ...acme, permissions })).token);
    expect(new Set(tokens).size).toBe(flags.length);
  });

  test('are judged anew each time by what the app allows', async () => {
    const upsolve = await startFakeUpsolve();
    let isAllowed = true;
    const allowUnfiltered = (): boolean => isAllowed;
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url, allowUnfiltered });
    const blank = { ...acme, prefilters: {} };
    const ask = (): Promise<unknown> =>
      handler.tenantFor(blank).then(
        ({ tenantId }) => tenantId,
        (thrown: unknown) => thrown,
      );
    expect(await ask()).toBe('acme');
    isAllowed = false;
    expect(await ask()).toMatchObject({ code: 'invalid_tenant_configuration' });
    isAllowed = true;
    expect(await ask()).toBe('acme');
  });

  test('whose prefilters lost a value on the way to JSON are not the ones that were sent whole', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const whole = { ...acme, prefilters: { org_id: 7 } };
    const lost = { ...acme, prefilters: { org_id: 7, region: undefined } };
    for (let n = 0; n < 2; n++) {
      expect((await handler.tenantFor(whole)).tenantId).toBe('acme');
      await expect(handler.tenantFor(lost)).rejects.toMatchObject({ code: 'invalid_tenant_configuration' });
    }
  });

  test('with the same registration share one, in whatever order it is written', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const first = await handler.tenantFor({ ...acme, prefilters: { a: 1, b: 2 }, userId: 'one' });
    const second = await handler.tenantFor({ ...acme, prefilters: { b: 2, a: 1 }, userId: 'two' });
    expect(second.token).toBe(first.token);
  });
});
