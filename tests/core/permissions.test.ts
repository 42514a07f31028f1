import { describe, expect, it } from 'vitest';
import {
  GRANTS,
  hasLost,
  intersectPermissions,
  isSamePermissions,
  parsePermissions,
  READ_ONLY,
  resolvePermissions,
} from '../../src/core/permissions';

const NAMES = [
  'addChart',
  'addFilter',
  'createChart',
  'createChartSQL',
  'editCharts',
  'removeChart',
  'disableTabs',
  'aiCharts',
  'editMarketplace',
  'readOnly',
  'aiInsight',
  'drillDown',
  'editDashboardName',
];
const ALL = Object.fromEntries(GRANTS.map((name) => [name, true]));

describe('permissions', () => {
  it('are all 13, absent ones false', () => {
    const flags = resolvePermissions({});
    expect(Object.keys(flags).sort()).toEqual([...NAMES].sort());
    expect(Object.values(flags).every((flag) => flag === false)).toBe(true);
  });

  it('are what was granted', () => {
    for (const name of GRANTS)
      expect(resolvePermissions({ [name]: true })).toEqual({ ...resolvePermissions({}), [name]: true });
    expect(GRANTS.length).toBe(11);
  });

  it('are turned off by readOnly, flags of later versions too, and disableTabs is no grant', () => {
    const flags = resolvePermissions({ ...ALL, newFlag: true, disableTabs: true, readOnly: true });
    for (const name of GRANTS) expect(flags[name]).toBe(false);
    expect(flags).toMatchObject({ newFlag: false, readOnly: true, disableTabs: true });
  });

  it('hold flags of later versions, if they are booleans', () => {
    expect(resolvePermissions({ newFlag: true, off: false, text: 'yes' })).toMatchObject({ newFlag: true, off: false });
    expect(resolvePermissions({ text: 'yes' })).not.toHaveProperty('text');
  });

  it.each(['true', 1, null, {}, undefined])('are not granted by %j', (value) => {
    expect(resolvePermissions({ addChart: value, readOnly: value, disableTabs: value })).toEqual(
      resolvePermissions({}),
    );
  });

  it('cannot be changed', () => expect(Object.isFrozen(resolvePermissions({}))).toBe(true));

  it('without a source are read-only', () => expect(READ_ONLY).toEqual(resolvePermissions({ readOnly: true })));

  it.each([
    ['bare', { addChart: true }],
    ['under permissions', { permissions: { addChart: true } }],
    ['under data', { data: { addChart: true } }],
    ['under data.permissions', { data: { permissions: { addChart: true } } }],
    [
      'under permissions before all else',
      { permissions: { addChart: true }, data: { drillDown: true }, readOnly: true },
    ],
    ['under data before bare', { data: { addChart: true }, drillDown: true }],
  ])('are found %s', (_where, body) => expect(parsePermissions(body)).toEqual(resolvePermissions({ addChart: true })));

  it.each([{ permissions: {} }, { data: { permissions: {} } }, { readOnly: false }, { disableTabs: false }])(
    'are found where all are false: %j',
    (body) => expect(parsePermissions(body)).toEqual(resolvePermissions({})),
  );

  it.each([
    null,
    undefined,
    'text',
    [],
    [{ addChart: true }],
    {},
    { ok: true },
    { permissions: [] },
    { data: [{ addChart: true }] },
    { addChart: 'yes' },
  ])('are not found in %j', (body) => expect(parsePermissions(body)).toBeUndefined());

  it('are the same while every flag is', () => {
    const flags = resolvePermissions({ addChart: true });
    expect(isSamePermissions(flags, resolvePermissions({ addChart: true, drillDown: false }))).toBe(true);
    expect(isSamePermissions(flags, resolvePermissions({}))).toBe(false);
    expect(isSamePermissions(flags, resolvePermissions({ addChart: true, later: false }))).toBe(false);
    expect(isSamePermissions(resolvePermissions({ a: false }), resolvePermissions({ b: false }))).toBe(false);
  });

  it('have lost something where a grant went or tabs were disabled, and nothing else', () => {
    const some = resolvePermissions({ addChart: true, later: true });
    expect(hasLost(some, some)).toBe(false);
    expect(hasLost(some, resolvePermissions({ addChart: true }))).toBe(true);
    expect(hasLost(some, resolvePermissions({ later: true }))).toBe(true);
    expect(hasLost(some, resolvePermissions({ ...ALL, later: true }))).toBe(false);
    expect(hasLost(some, resolvePermissions({ addChart: true, later: true, disableTabs: true }))).toBe(true);
    expect(hasLost(resolvePermissions({ disableTabs: true }), resolvePermissions({}))).toBe(false);
    expect(hasLost(READ_ONLY, resolvePermissions({}))).toBe(false);
    expect(hasLost(some, READ_ONLY)).toBe(true);
  });

  it('of old and new are what both grant, with the restrictions of either', () => {
    const old = resolvePermissions({ addChart: true, drillDown: true, later: true });
    const now = resolvePermissions({ addChart: true, aiCharts: true, disableTabs: true });
    const both = resolvePermissions({ addChart: true, later: false, disableTabs: true });
    expect(intersectPermissions(old, now)).toEqual(both);
    expect(intersectPermissions(now, old)).toEqual(both);
    expect(intersectPermissions(old, READ_ONLY)).toMatchObject({ readOnly: true, addChart: false });
    expect(intersectPermissions(READ_ONLY, old)).toMatchObject({ readOnly: true, addChart: false });
    expect(intersectPermissions(old, old)).toEqual(old);
  });
});
