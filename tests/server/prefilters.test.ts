import { describe, expect, test } from 'vitest';
import type { TenantIdentity } from 'react-upsolve-tenant/server';
import { acme } from './fixtures/createTestHandler';
import { register } from './fixtures/register';

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
  ['infinite', { org_id: Number.POSITIVE_INFINITY }],
  ['infinite below zero', { org_id: Number.NEGATIVE_INFINITY }],
  ['a boxed NaN', { org_id: Object(Number.NaN) }],
  ['a boxed blank text', { org_id: Object(' ') }],
  ['an invalid date', { org_id: new Date(Number.NaN) }],
  ['a symbol', { org_id: Symbol('acme') }],
  ['a function', { org_id: () => 7 }],
  ['a Set', { org_id: new Set([7]) }],
  ['a Map', new Map([['org_id', 7]])],
  ['a pattern', { org_id: /acme/ }],
  ['a promise', { org_id: Promise.resolve(7) }],
  ['a toJSON that gives nothing', { org_id: { id: 7, toJSON: () => undefined } }],
  ['a toJSON that gives null', { org_id: { id: 7, toJSON: () => null } }],
  ['a toJSON that gives empty text', { org_id: { id: 7, toJSON: () => '' } }],
  ['a toJSON that gives an empty object', { org_id: { id: 7, toJSON: () => ({}) } }],
  ['a toJSON that gives a function', { org_id: { toJSON: () => () => 7 } }],
  ['a toJSON of all that gives null', { org_id: 7, toJSON: () => null }],
  ['a toJSON of all that gives nothing', { org_id: 7, toJSON: () => undefined }],
  ['a toJSON of all that gives no column', { org_id: 7, toJSON: () => ({}) }],
  ['one good and one that vanishes', { org_id: 7, region: undefined }],
  ['one good and one symbol', { org_id: 7, region: Symbol('eu') }],
  ['a list with a symbol', { org_id: [7, Symbol('8')] }],
  ['a list with an infinity', { org_id: [7, Number.POSITIVE_INFINITY] }],
  ['a list of lists with a blank', { org_id: [[7], [[]]] }],
  ['a condition that vanishes', { org_id: { in: undefined } }],
  ['a condition that vanishes in part', { org_id: { gte: 1, lte: undefined } }],
  ['columns that only a prototype holds', Object.create({ org_id: 7 })],
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

  test.each<[string, unknown, unknown]>([
    ['an object with a toJSON', { org_id: { toJSON: () => 7 } }, { org_id: 7 }],
    ['a toJSON of all', { secret: () => 1, toJSON: () => ({ org_id: 7 }) }, { org_id: 7 }],
    ['a date', { since: new Date(0) }, { since: '1970-01-01T00:00:00.000Z' }],
    ['a boxed number', { org_id: Object(7) }, { org_id: 7 }],
    ['a column named as a prototype', JSON.parse('{"__proto__": 7}'), JSON.parse('{"__proto__": 7}')],
  ])('%s is sent as its JSON', async (_name, prefilters, json) => {
    const { answers, sent } = await register({ ...acme, prefilters });
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(sent.map((request) => JSON.stringify(request.prefilters))).toEqual(Array(2).fill(JSON.stringify(json)));
  });

  test('pass where the app allows it, for those it allows it for', async () => {
    const admin = { ...acme, prefilters: {}, userId: 'root' };
    expect((await register(admin, { allowUnfiltered: true })).sent[0]?.prefilters).toEqual({});
    const allowUnfiltered = ({ userId }: TenantIdentity): boolean => userId === 'root';
    expect((await register(admin, { allowUnfiltered })).sent).toHaveLength(2);
    expect((await register({ ...admin, userId: 'ada' }, { allowUnfiltered })).sent).toHaveLength(0);
  });

  test('pass as their JSON where the app allows them', async () => {
    const prefilters = { org_id: undefined, region: Number.NaN, since: Symbol('ever') };
    const { sent } = await register({ ...acme, prefilters }, { allowUnfiltered: true });
    expect(sent[0]?.prefilters).toEqual({ region: null });
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
    for (const schemaPreFilter of [
      '',
      ' ',
      null,
      {},
      false,
      Number.NaN,
      Object(' '),
      new Map([['schema', 'tenant_acme']]),
      { schema: null },
      { schema: Number.NaN },
      { schema: undefined },
      { schema: Symbol('tenant_acme') },
      { name: 'warehouse', schema: undefined },
      { toJSON: () => null },
      { toJSON: () => ({ schema: '' }) },
    ]) {
      const { answers, sent } = await register({ ...acme, prefilters: {}, schemaPreFilter });
      expect(answers.map(({ status }) => status)).toEqual([422, 422]);
      expect(sent).toHaveLength(0);
    }
  });

  test('is judged and sent as its JSON', async () => {
    const { sent } = await register({ ...acme, prefilters: null, schemaPreFilter: { toJSON: () => 'tenant_acme' } });
    expect(sent[0]).toMatchObject({ prefilters: {}, schemaPreFilter: 'tenant_acme', prefilters_schema: 'tenant_acme' });
  });

  test('does not excuse a prefilter that lost its value', async () => {
    for (const prefilters of [
      { org_id: undefined },
      { org_id: Symbol('acme') },
      { org_id: Number.POSITIVE_INFINITY },
      { toJSON: () => null },
      Number.NaN,
    ]) {
      expect((await register({ ...acme, prefilters, schemaPreFilter: 'tenant_acme' })).sent).toHaveLength(0);
    }
  });
});
