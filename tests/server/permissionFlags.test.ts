import { describe, expect, test } from 'vitest';
import { createMemoryStore, type TenantIdentity, type UpsolvePermissions } from 'react-upsolve-tenant/server';
import { READ_ONLY, resolvePermissions } from '../../src/core/permissions';
import { readAnswer } from './fixtures/client';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';

/** What becomes of an identity's flags at every place where they leave the handler. */
async function readEverywhere(permissions: unknown): Promise<Record<string, unknown>> {
  const upsolve = await startFakeUpsolve();
  const told: UpsolvePermissions[] = [];
  const session: { identity: TenantIdentity | null } = { identity: { ...acme, permissions } as TenantIdentity };
  const options = {
    upsolveUrl: upsolve.url,
    apiKey: 'sample-key',
    encryptionKeys: ['e'.repeat(32)] as const,
    store: createMemoryStore(),
    identify: () => session.identity,
  };
  const { handler } = createTestHandler({
    ...options,
    onPermissionsChange: (_identity, now) => void told.push(now),
  });
  const registered = await readAnswer(await handler(pageRequest('/tenant/register')));
  const refreshed = await readAnswer(await handler(pageRequest('/tenant/refresh-token')));
  const bearer = { method: 'GET', headers: { authorization: `Bearer ${registered.body.token}` } };
  const settings = async (): Promise<unknown> =>
    (await readAnswer(await handler(pageRequest('/permissions/tenant-settings/', bearer)))).body;
  const ofSession = await settings();
  session.identity = null;
  // Another process, which knows no more than the store.
  const other = createTestHandler(options).handler;
  const stored = (await readAnswer(await other(pageRequest('/permissions/tenant-settings/', bearer)))).body;
  return {
    'sent at register': upsolve.requests[0]?.tenantEditingPermissions,
    'sent at refresh': upsolve.requests[1]?.tenantEditingPermissions,
    'answered at register': registered.body.permissions,
    'answered at refresh': refreshed.body.permissions,
    'answered to the session': ofSession,
    'answered to the token': await settings(),
    stored,
    told: told[0],
    'told once': told.length,
  };
}

async function expectEverywhere(permissions: unknown, effective: UpsolvePermissions): Promise<void> {
  const { 'told once': count, ...places } = await readEverywhere(permissions);
  for (const [place, flags] of Object.entries(places)) expect([place, flags]).toEqual([place, effective]);
  expect(count).toBe(1);
}

const restricting: [unknown][] = [
  [true],
  [1],
  ['1'],
  ['true'],
  ['yes'],
  ['false'],
  [''],
  [[true]],
  [{}],
  [Number.NaN],
  [Number.POSITIVE_INFINITY],
  [0n],
  [1n],
  [Symbol('read-only')],
  [() => false],
];

describe('flags that identify gives', () => {
  test.each(restricting)('a readOnly of %o leaves no grant anywhere', async (value) => {
    await expectEverywhere({ addChart: true, editCharts: true, readOnly: value }, READ_ONLY);
    await expectEverywhere({ addChart: true, readOnly: false, read_only: value }, READ_ONLY);
  });

  test.each(restricting)('a disableTabs of %o restricts everywhere', async (value) => {
    await expectEverywhere(
      { addChart: true, disable_tabs: value },
      resolvePermissions({ addChart: true, disableTabs: true }),
    );
  });

  test.each<[unknown]>([[0], [-0], [false], [null], [undefined]])('a readOnly of %o is none', async (value) => {
    await expectEverywhere({ addChart: true, readOnly: value }, resolvePermissions({ addChart: true }));
  });

  test.each<[unknown]>([[1], ['true'], [{}], [1n], [null]])('a grant of %o is none', async (value) => {
    await expectEverywhere({ drillDown: true, addChart: value }, resolvePermissions({ drillDown: true }));
    await expectEverywhere({ addChart: true, add_chart: value }, resolvePermissions({}));
  });

  test('count in snake_case, and pass where they are unknown', async () => {
    const row = {
      add_chart: true,
      create_chart_sql: true,
      ai_charts: true,
      edit_dashboard_name: true,
      later_flag: true,
    };
    const { later_flag: _later, ...known } = row;
    await expectEverywhere(row, {
      ...resolvePermissions(known),
      addChart: true,
      createChartSQL: true,
      aiCharts: true,
      editDashboardName: true,
      later_flag: true,
    });
  });

  test.each<[string, unknown]>([
    ['absent', undefined],
    ['null', null],
    ['a list', ['addChart']],
    ['a Map', new Map([['addChart', true]])],
    ['text', '{"addChart":true}'],
  ])('that are %s are read-only', async (_name, permissions) => expectEverywhere(permissions, READ_ONLY));

  test('of a session that loses them by a row of SQL take a token’s grants away', async () => {
    const upsolve = await startFakeUpsolve();
    const session = { identity: acme };
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url, identify: () => session.identity });
    const { token } = await handler.tenantFor(acme);
    session.identity = { ...acme, permissions: { ...acme.permissions, read_only: 1 } as never };
    const bearer = { method: 'GET', headers: { authorization: `Bearer ${token}` } };
    expect((await readAnswer(await handler(pageRequest('/permissions/tenant-settings/', bearer)))).body).toEqual(
      READ_ONLY,
    );
  });
});
