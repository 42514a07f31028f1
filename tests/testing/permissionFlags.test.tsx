import { render, renderHook, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { SecureUpsolveDashboard, type UpsolvePermissions, useUpsolveTenant } from 'react-upsolve-tenant';
import {
  createFakeBackend,
  createFakeTenant,
  type FakeTenantState,
  FakeUpsolveDashboard,
  FakeUpsolveTenantProvider,
} from 'react-upsolve-tenant/testing';
import { describe, expect, it } from 'vitest';
import { READ_ONLY, resolvePermissions } from '../../src/core/permissions';

/** As tests in JavaScript, or rows that are cast, may give them. */
type Flags = NonNullable<Parameters<typeof createFakeTenant>[0]>['permissions'];
const flags = (given: Record<string, unknown>): Flags => given as Flags;
const ready = (given: Record<string, unknown>): FakeTenantState => ({
  status: 'ready',
  tenant: { permissions: flags(given) },
});

async function answered(backend: ReturnType<typeof createFakeBackend>): Promise<unknown> {
  const { endpoint, fetch } = backend.providerProps;
  const answer = (await (await fetch(endpoint, { method: 'POST', body: '{}' })).json()) as { permissions: unknown };
  return answer.permissions;
}

function held(given: Record<string, unknown>): UpsolvePermissions | undefined {
  const wrapper = ({ children }: { children: ReactNode }): ReactNode => (
    <FakeUpsolveTenantProvider state={ready(given)}>{children}</FakeUpsolveTenantProvider>
  );
  return renderHook(() => useUpsolveTenant(), { wrapper }).result.current.tenant?.permissions;
}

/** Every door by which flags come into a fake. */
const doors: [string, (given: Record<string, unknown>) => unknown][] = [
  ['createFakeTenant', (given) => createFakeTenant({ permissions: flags(given) }).permissions],
  ['createFakeBackend', (given) => answered(createFakeBackend({ permissions: flags(given) }))],
  [
    'setPermissions',
    (given) => {
      const backend = createFakeBackend();
      backend.setPermissions(flags(given) ?? {});
      return answered(backend);
    },
  ],
  ['FakeUpsolveTenantProvider', held],
];

const grants = { addChart: true, editCharts: true };

describe.each(doors)('flags given to %s', (_door, read) => {
  it.each<[unknown]>([[1], ['1'], ['true'], ['yes'], [[true]], [{}], [''], ['false'], [Number.NaN], [0n], [1n]])(
    'restrict by a readOnly of %s, in either spelling',
    async (value) => {
      expect(await read({ ...grants, readOnly: value })).toEqual(READ_ONLY);
      expect(await read({ ...grants, readOnly: false, read_only: value })).toEqual(READ_ONLY);
      expect(await read({ ...grants, disable_tabs: value })).toMatchObject({ addChart: true, disableTabs: true });
    },
  );

  it.each<[unknown]>([[0], [-0], [false], [null], [undefined]])('do not restrict by %s', async (value) => {
    expect(await read({ ...grants, readOnly: value, disableTabs: value })).toEqual(resolvePermissions(grants));
  });

  it.each<[unknown]>([[1], ['true'], [{}], [1n]])('do not grant by %s', async (value) => {
    expect(await read({ addChart: value, create_chart_sql: value })).toEqual(resolvePermissions({}));
  });

  it('grant in snake_case', async () => {
    expect(await read({ create_chart_sql: true })).toEqual(resolvePermissions({ createChartSQL: true }));
  });
});

describe('a fake provider whose flags change', () => {
  it('follows a change that JSON does not show, and keeps its tenant where none comes of it', () => {
    const tenants: unknown[] = [];
    function Seen(): ReactNode {
      tenants.push(useUpsolveTenant().tenant);
      return <SecureUpsolveDashboard />;
    }
    const page = (given: Record<string, unknown>): ReactNode => (
      <FakeUpsolveTenantProvider state={ready(given)}>
        <Seen />
      </FakeUpsolveTenantProvider>
    );
    const { rerender } = render(page({ ...grants, readOnly: null }));
    const first = tenants.at(-1);
    rerender(page({ ...grants, read_only: 0 }));
    expect(tenants.at(-1)).toBe(first);
    rerender(page({ ...grants, readOnly: Number.NaN }));
    expect(tenants.at(-1)).toMatchObject({ permissions: READ_ONLY });
    rerender(page({ ...grants, readOnly: 1n }));
    expect(screen.getByRole('listitem')).toHaveTextContent('readOnly');
  });
});

it('a fake dashboard that is given raw flags reads them as strictly', () => {
  const given = { ...grants, drillDown: 1, readOnly: 1 } as unknown as UpsolvePermissions;
  render(<FakeUpsolveDashboard token={createFakeTenant().token} permissions={given} />);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['readOnly']);
});
