import { describe, expect, test } from 'vitest';
import type { TenantIdentity, UpsolveTenantHandlerOptions } from 'react-upsolve-tenant/server';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { readAnswer } from './fixtures/client';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';

async function register(identity: unknown, options: Partial<UpsolveTenantHandlerOptions> = {}) {
  const upsolve = await startFakeUpsolve();
  const { handler } = createTestHandler({
    identify: () => identity as TenantIdentity,
    ...options,
    upsolveUrl: upsolve.url,
  });
  const answers = [];
  for (const path of ['/tenant/register', '/tenant/refresh-token']) {
    answers.push(await readAnswer(await handler(pageRequest(path))));
  }
  return { answers, sent: upsolve.requests, handler };
}

const blanks: [string, unknown][] = [
  ['absent', undefined],
  ['null', null],
  ['empty', {}],
  ['an undefined value', { org_id: undefined }],
  ['a null value', { org_id: null }],
  ['an empty text', { org_id: '' }],
  ['white space', { org_id: ' \t' }],
  ['not a number', { org_id: Number.NaN }],
  ['an empty list', { org_id: [] }],
  ['a list with a blank', { org_id: [7, ''] }],
  ['a blank below', { org_id: { in: [] } }],
  ['one good and one blank', { org_id: 7, region: null }],
  ['a blank column', { ' ': 7 }],
];

describe('blank prefilters', () => {
  test.each(blanks)('%s: refused with a code, and nothing is sent to Upsolve', async (_name, prefilters) => {
    const { answers, sent, handler } = await register({ ...acme, prefilters });

    for (const { status, body } of answers) {
      expect(status).toBe(422);
      expect(body.code).toBe('invalid_tenant_configuration');
    }
    await expect(handler.tenantFor({ ...acme, prefilters } as TenantIdentity)).rejects.toMatchObject({
      code: 'invalid_tenant_configuration',
    });
    expect(sent).toHaveLength(0);
  });

  test.each<[string, unknown]>([
    ['a list', ['org_id']],
    ['text', 'org_id=7'],
    ['a number', 7],
  ])('%s is no prefilter', async (_name, prefilters) => {
    const { answers, sent } = await register({ ...acme, prefilters });
    expect(answers.map(({ status }) => status)).toEqual([422, 422]);
    expect(sent).toHaveLength(0);
  });

  test.each<[string, unknown]>([
    ['zero', { org_id: 0 }],
    ['false', { is_public: false }],
    ['a list', { org_id: [1, 2] }],
    ['a condition', { created: { gte: 1 } }],
  ])('%s is a value', async (_name, prefilters) => {
    const { sent } = await register({ ...acme, prefilters });
    expect(sent.map((request) => request.prefilters)).toEqual([prefilters, prefilters]);
  });

  test('pass where the app allows it, for those it allows it for', async () => {
    const admin = { ...acme, prefilters: {}, userId: 'root' };
    expect((await register(admin, { allowUnfiltered: true })).sent[0]?.prefilters).toEqual({});
    const allowUnfiltered = ({ userId }: TenantIdentity): boolean => userId === 'root';
    expect((await register(admin, { allowUnfiltered })).sent).toHaveLength(2);
    expect((await register({ ...admin, userId: 'ada' }, { allowUnfiltered })).sent).toHaveLength(0);
  });
});

describe('a schema', () => {
  test('stands for prefilters, under both names that Upsolve knows it by', async () => {
    const { sent } = await register({ ...acme, prefilters: undefined, schemaPreFilter: 'tenant_acme' });
    expect(sent[0]).toMatchObject({ prefilters: {}, schemaPreFilter: 'tenant_acme', prefilters_schema: 'tenant_acme' });
  });

  test('stands beside prefilters', async () => {
    const { sent } = await register({ ...acme, schemaPreFilter: 'tenant_acme' });
    expect(sent[0]).toMatchObject({ prefilters: { org_id: 7 }, schemaPreFilter: 'tenant_acme' });
  });

  test('that is blank is none', async () => {
    for (const schemaPreFilter of ['', ' ', null, {}]) {
      expect((await register({ ...acme, prefilters: {}, schemaPreFilter })).sent).toHaveLength(0);
    }
  });

  test('does not excuse a prefilter that lost its value', async () => {
    const { sent } = await register({ ...acme, prefilters: { org_id: undefined }, schemaPreFilter: 'tenant_acme' });
    expect(sent).toHaveLength(0);
  });
});

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

  test('with the same registration share one, in whatever order it is written', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const first = await handler.tenantFor({ ...acme, prefilters: { a: 1, b: 2 }, userId: 'one' });
    const second = await handler.tenantFor({ ...acme, prefilters: { b: 2, a: 1 }, userId: 'two' });
    expect(second.token).toBe(first.token);
  });
});
