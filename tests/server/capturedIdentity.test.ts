import { describe, expect, test, vi } from 'vitest';
import { createMemoryStore, createUpsolveTenantHandler, type TenantIdentity } from 'react-upsolve-tenant/server';
import { readAnswer } from './fixtures/client';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { register } from './fixtures/register';

const cyclic: Record<string, unknown> = { org_id: 7 };
cyclic.self = cyclic;
const throws = (): never => {
  throw new Error('the row is gone');
};

/** What JSON can't hold. */
const unwritable: [string, Partial<Record<keyof TenantIdentity, unknown>>][] = [
  ['prefilters with a cycle', { prefilters: cyclic }],
  ['prefilters with a BigInt', { prefilters: { org_id: 7n } }],
  ['prefilters with a toJSON that throws', { prefilters: { org_id: { toJSON: throws } } }],
  ['prefilters that are a function', { prefilters: () => ({ org_id: 7 }) }],
  ['metadata with a cycle', { customMetadata: { cyclic } }],
  ['metadata with a BigInt', { customMetadata: { seats: 7n } }],
  [
    'a connection with a getter that throws',
    { connectionOverride: Object.defineProperty({}, 'connectionId', { enumerable: true, get: throws }) },
  ],
  ['a schema with a cycle', { schemaPreFilter: cyclic }],
  ['a symbol for an organisation', { organizationId: Symbol('org') }],
  ['a function for an expiration', { expiration: () => '1h' }],
  ['a name that is a BigInt', { displayName: 7n }],
];

describe('what JSON can’t hold', () => {
  test.each(unwritable)('%s: refused by name, whatever is allowed, and nothing is sent', async (_name, change) => {
    const [field] = Object.keys(change);
    for (const allowUnfiltered of [false, true]) {
      const { answers, sent, handler } = await register({ ...acme, ...change }, { allowUnfiltered });
      for (const { status, body, text } of answers) {
        expect([status, body.code]).toEqual([422, 'invalid_tenant_configuration']);
        expect(text).toContain(field);
        expect(text).not.toContain('the row is gone');
      }
      await expect(handler.tenantFor({ ...acme, ...change } as TenantIdentity)).rejects.toMatchObject({ status: 422 });
      expect(sent).toHaveLength(0);
    }
  });

  test('is no matter where it is not sent', async () => {
    const { answers, sent } = await register({ ...acme, row: cyclic, save: () => undefined, size: 7n });
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(sent).toHaveLength(2);
  });

  test('is refused where issueToken’s tokens are kept by the whole identity', async () => {
    const issueToken = vi.fn(() => 'never');
    const onPermissionsChange = vi.fn();
    const identity = { ...acme, row: cyclic };
    const { answers } = await register(identity, { issueToken, onPermissionsChange });
    expect(answers.map(({ status }) => status)).toEqual([422, 422]);
    expect([issueToken.mock.calls, onPermissionsChange.mock.calls]).toEqual([[], []]);
  });

  test('does not keep the permissions route from seeing what the session has lost', async () => {
    const session: { identity: unknown } = { identity: acme };
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      identify: () => session.identity as TenantIdentity,
    });
    const { token } = await handler.tenantFor(acme);
    session.identity = { ...acme, customMetadata: { cyclic }, permissions: { drillDown: true, readOnly: 1 } };
    const bearer = { method: 'GET', headers: { authorization: `Bearer ${token}` } };
    const { body } = await readAnswer(await handler(pageRequest('/permissions/tenant-settings/', bearer)));
    expect(body).toMatchObject({ readOnly: true, drillDown: false });
  });
});

describe('an identity that the app goes on to change', () => {
  const create = () => ({
    ...acme,
    prefilters: { org_id: { in: [7] } },
    permissions: { readOnly: true } as Record<string, boolean>,
  });
  type Changing = ReturnType<typeof create>;
  const change = (identity: Changing): void => {
    Object.assign(identity, { tenantId: 'globex', userId: 'bob', displayName: 'Globex', customMetadata: { late: 1 } });
    identity.prefilters.org_id.in[0] = 8;
    Object.assign(identity.permissions, { readOnly: false, editCharts: true });
  };
  const sentOfAcme = {
    displayName: 'Acmé GmbH',
    prefilters: { org_id: { in: [7] } },
    tenantEditingPermissions: expect.objectContaining({ readOnly: true, editCharts: false }) as unknown,
  };

  test('in the next step is answered, sent, kept and told as it was', async () => {
    const told: unknown[] = [];
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      identify: () => {
        const identity = create();
        queueMicrotask(() => change(identity));
        return identity;
      },
      onPermissionsChange: ({ tenantId, userId, prefilters }, { readOnly, editCharts }) =>
        void told.push([tenantId, userId, prefilters, readOnly, editCharts]),
    });
    const { body } = await readAnswer(await handler(pageRequest('/tenant/register')));
    expect(body).toMatchObject({ tenantId: 'acme', permissions: { readOnly: true, editCharts: false } });
    expect(upsolve.requests).toMatchObject([sentOfAcme]);
    expect(upsolve.requests[0]).not.toHaveProperty('customMetadata');
    expect(told).toEqual([['acme', 'ada', { org_id: { in: [7] } }, true, false]]);
    expect((await handler.tenantFor(create())).token).toBe(body.token);
    const bearer = { method: 'GET', headers: { authorization: `Bearer ${body.token}` } };
    const settings = await readAnswer(await handler(pageRequest('/permissions/tenant-settings/', bearer)));
    expect(settings).toMatchObject({ status: 200, body: { readOnly: true, editCharts: false } });
  });

  test('while the store is asked is sent as it was', async () => {
    const identity = create();
    const memory = createMemoryStore();
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      encryptionKeys: ['e'.repeat(32)],
      store: { ...memory, get: (key) => (change(identity), memory.get(key)) },
    });
    const asked = handler.tenantFor(identity);
    change(identity);
    expect(await asked).toMatchObject({ tenantId: 'acme', permissions: { readOnly: true } });
    expect(upsolve.requests).toMatchObject([sentOfAcme]);
  });

  test('in a function of its own that we call is sent, kept and remembered as it was', async () => {
    const upsolve = await startFakeUpsolve();
    let isChanging = true;
    let told = 0;
    const changeCopy = (identity: TenantIdentity): boolean => {
      if (isChanging) change(identity as Changing);
      return true;
    };
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      allowUnfiltered: changeCopy,
      onPermissionsChange: (identity) => ((told += 1), changeCopy(identity)),
    });
    const { tenantId, token } = await handler.tenantFor(create());
    expect(tenantId).toBe('acme');
    expect(upsolve.requests).toMatchObject([sentOfAcme]);
    isChanging = false;
    expect((await handler.tenantFor(create())).token).toBe(token);
    expect(told).toBe(1);
  });

  test('is handed to issueToken as it was, with the kind and the further fields that it had', async () => {
    class Session {
      readonly scopes = new Set(['read']);
      readonly permissions = { readOnly: true };
      constructor(
        readonly tenantId: string,
        readonly displayName: string,
      ) {}
      describe(): string {
        return `${this.tenantId} ${[...this.scopes].join()}`;
      }
    }
    const seen: unknown[] = [];
    const identity = new Session('acme', 'Acmé');
    const upsolve = await startFakeUpsolve();
    const handler = createUpsolveTenantHandler<Session>({
      identify: () => identity,
      issueToken: (given) => {
        seen.push(given.describe(), given.displayName, given.permissions);
        return upsolve.sign({});
      },
    });
    const asked = handler.tenantFor(identity);
    Object.assign(identity, { tenantId: 'globex', displayName: 'Globex' });
    identity.permissions.readOnly = false;
    await asked;
    expect(seen).toEqual(['acme read', 'Acmé', { readOnly: true }]);
  });
});
