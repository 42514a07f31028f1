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
const ADD_CHART = resolvePermissions({ addChart: true });
const NO_TABS = { addChart: true, disableTabs: true, readOnly: false };

/** Restrictions count as anything but these. */
const FREE: [string, unknown][] = [
  ['false', false],
  ['0', 0],
  ['-0', -0],
  ['null', null],
  ['undefined', undefined],
];
const RESTRICTING: [string, unknown][] = [
  ['true', true],
  ['1', 1],
  ['"1"', '1'],
  ['"true"', 'true'],
  ['"yes"', 'yes'],
  ['"false"', 'false'],
  ['"0"', '0'],
  ['empty text', ''],
  ['[true]', [true]],
  ['[]', []],
  ['{}', {}],
  ['NaN', Number.NaN],
  ['-1', -1],
  ['0n', 0n],
  ['1n', 1n],
  ['a boxed false', Object(false)],
  ['a symbol', Symbol('off')],
  ['a function', () => false],
  ['bytes of a BIT column', new Uint8Array([0])],
];
/** Grants count as nothing of this. */
const NOT_TRUE: [string, unknown][] = [...FREE, ...RESTRICTING.slice(1), ['a boxed true', Object(true)]];
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

  it.each(NOT_TRUE)('are not granted by %s', (_name, value) => {
    for (const name of [...GRANTS, 'add_chart']) {
      expect(resolvePermissions({ [name]: value })).toEqual(resolvePermissions({}));
    }
  });

  it.each(RESTRICTING)('are restricted by %s', (_name, value) => {
    for (const readOnly of ['readOnly', 'read_only', 'readonly', 'READ_ONLY']) {
      expect(resolvePermissions({ addChart: true, [readOnly]: value })).toEqual(READ_ONLY);
    }
    for (const disableTabs of ['disableTabs', 'disable_tabs']) {
      expect(resolvePermissions({ addChart: true, [disableTabs]: value })).toMatchObject(NO_TABS);
    }
  });

  it.each(FREE)('are not restricted by %s', (_name, value) => {
    for (const [one, other] of [
      ['readOnly', 'disableTabs'],
      ['read_only', 'disable_tabs'],
    ] as const) {
      expect(resolvePermissions({ addChart: true, [one]: value, [other]: value })).toEqual(ADD_CHART);
    }
  });

  it.each([
    ['addChart', 'add_chart'],
    ['createChartSQL', 'create_chart_sql'],
    ['createChartSQL', 'createChartSql'],
    ['createChartSQL', 'create_chart_s_q_l'],
    ['aiCharts', 'ai_charts'],
    ['editDashboardName', 'edit_dashboard_name'],
    ['drillDown', 'drilldown'],
  ])('know %s as %s too, and answer by the one name', (name, spelling) => {
    expect(resolvePermissions({ [spelling]: true })).toEqual(resolvePermissions({ [name]: true }));
    expect(resolvePermissions({ [name]: true, [spelling]: true })[name]).toBe(true);
  });

  it('spelled twice are what both grant, and restricted by either', () => {
    for (const value of [false, 1, null]) {
      expect(resolvePermissions({ addChart: true, add_chart: value }).addChart).toBe(false);
      expect(resolvePermissions({ add_chart: value, addChart: true }).addChart).toBe(false);
    }
    expect(resolvePermissions({ readOnly: false, read_only: 1 }).readOnly).toBe(true);
    expect(resolvePermissions({ read_only: false, readOnly: 1 }).readOnly).toBe(true);
  });

  it('are no grants where only the prototype says so, and restricted even there', () => {
    class Row {
      get readOnly(): number {
        return 1;
      }
    }
    expect(resolvePermissions(Object.assign(new Row(), { addChart: true }))).toEqual(READ_ONLY);
    expect(resolvePermissions(Object.create({ addChart: true, add_chart: true }))).toEqual(resolvePermissions({}));
    expect(resolvePermissions(Object.create({ read_only: 1 }))).toEqual(READ_ONLY);
    for (const name of ['disableTabs', 'disable_tabs']) {
      expect(resolvePermissions(Object.create({ [name]: 1 })).disableTabs).toBe(true);
    }
  });

  it('read a __proto__ of JSON as no flag and no prototype', () => {
    const sent = '{"__proto__": {"addChart": true}, "constructor": "x", "drillDown": true}';
    expect(resolvePermissions(JSON.parse(sent))).toEqual(resolvePermissions({ drillDown: true }));
    const flag = resolvePermissions(JSON.parse('{"__proto__": true}'));
    expect(Object.getPrototypeOf(flag)).toBe(Object.prototype);
    expect(flag).toEqual(resolvePermissions({}));
  });

  it.each<[string, unknown]>([
    ['absent', undefined],
    ['null', null],
    ['a list of names', ['addChart', 'readOnly']],
    ['a list of rows', [{ addChart: true }]],
    ['a Map', new Map([['addChart', true]])],
    ['text', '{"addChart":true}'],
    ['true', true],
    ['a function', () => ({ addChart: true })],
  ])('are read-only where the flags are %s', (_name, flags) => expect(resolvePermissions(flags)).toEqual(READ_ONLY));

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

  it.each<[string, unknown]>([
    ['bare', { addChart: true, read_only: 1 }],
    ['bare without a boolean', { addChart: 1, readOnly: '1' }],
    ['bare in snake_case', { add_chart: true, read_only: 1 }],
    ['under permissions', { permissions: { addChart: true, readOnly: 1 } }],
    ['under data', { data: { addChart: true, readOnly: 'yes' } }],
    ['under data in snake_case', { data: { create_chart_sql: true, read_only: 'yes' } }],
    ['under data.permissions', { data: { permissions: { addChart: true, readOnly: [true] } } }],
  ])('are found and restricted %s', (_where, body) => expect(parsePermissions(body)).toEqual(READ_ONLY));

  it.each([
    { permissions: {} },
    { data: { permissions: {} } },
    { readOnly: false },
    { disable_tabs: 0 },
    { addChart: 1 },
  ])('are found where all are false: %j', (body) => expect(parsePermissions(body)).toEqual(resolvePermissions({})));

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
    { addChart: null, readOnly: null },
    { permissions: null, newFlag: true },
    { permissions: new Map([['addChart', true]]) },
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
