import fc from 'fast-check';
import { HUSH, junk, START_MS, tokens, writeJson } from './parserTokens';

const FIELDS = ['token', 'expiresAt', 'expiresIn', 'serverTime', 'tenantId', 'permissions', 'data'] as const;
const FLAGS = [
  'addChart',
  'createChartSQL',
  'drillDown',
  'disableTabs',
  'readOnly',
  'read_only',
  'add_chart',
  'flagOfTomorrow',
];
const ODD_KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'then', 'toJSON', '', 'length', '0'];
const MINUTE_MS = 60_000;

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const snake = (name: string): string => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);

/** One moment in every way in which a server may write it. */
function written(momentMs: fc.Arbitrary<number>): fc.Arbitrary<unknown> {
  return fc.tuple(momentMs, fc.integer({ min: 0, max: 11 })).map(([ms, way]) => {
    const iso = new Date(ms).toISOString();
    const east = new Date(ms + 90 * MINUTE_MS).toISOString();
    const seconds = iso.replace('.000', '');
    const ways = [
      iso,
      iso.replace('T', ' '),
      seconds,
      // PostgreSQL, Ruby, an HTTP date.
      seconds.replace('T', ' ').replace('Z', '+00'),
      seconds.replace('T', ' ').replace('Z', ' +0000'),
      new Date(ms).toUTCString(),
      east.replace('Z', '+01:30'),
      east.replace('Z', '+0130'),
      ms,
      ms / 1_000,
      String(ms / 1_000),
      new Date(ms),
    ];
    return ways[way];
  });
}

const seconds = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min, max }).map((from) => START_MS + from * 1_000);

const flags = fc.dictionary(fc.constantFrom(...FLAGS), fc.boolean(), { maxKeys: 5 });
/** Values that are not booleans, and keys that mean something to an object. */
const oddFlags = fc
  .array(fc.tuple(fc.constantFrom(...FLAGS, ...ODD_KEYS), fc.oneof(fc.boolean(), junk)), { maxLength: 5 })
  .map((entries) => withOwn({}, entries));

const said = fc.record({
  token: tokens,
  expiresAt: maybe(written(seconds(-600, 100_000))),
  expiresIn: maybe(fc.oneof(fc.integer({ min: 60, max: 7_200 }), fc.constantFrom(0, -5, 1, '3600', 12.5, 200_000))),
  serverTime: maybe(written(seconds(-400, 400))),
  tenantId: maybe(fc.constantFrom('acme', 'acme', 'acme', 7, '7', `other ${HUSH}`)),
  permissions: maybe(fc.oneof({ weight: 3, arbitrary: flags }, { weight: 1, arbitrary: oddFlags })),
});

type Said = Record<string, unknown>;
type Shape = 'flat' | 'wrapped' | 'split' | 'contradicting' | 'beside';

/** Its own properties, also those that a literal or an assignment could not make: JSON.parse can. */
function withOwn(object: Said, entries: readonly (readonly [string, unknown])[]): Said {
  for (const [name, value] of entries) {
    Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
  }
  return object;
}

function shaped(shape: Shape, fields: Said, other: Said): Said {
  const { token, ...rest } = fields;
  switch (shape) {
    case 'flat':
      return fields;
    case 'wrapped':
      return { status: 'success', data: { message: HUSH, ...fields } };
    case 'split':
      return { ...rest, data: { token } };
    case 'contradicting':
      return { ...other, data: fields };
    case 'beside':
      return { ...fields, data: { message: HUSH } };
  }
}

const mutation = fc.record({
  does: fc.constantFrom('drop', 'retype', 'retype', 'retype', 'add', 'nest'),
  field: fc.constantFrom(...FIELDS),
  key: fc.constantFrom(...ODD_KEYS),
  value: junk,
});
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

function mutated(body: Said, { does, field, key, value }: Mutation): Said {
  const inner = body.data as Said | undefined;
  const isInside = typeof inner === 'object' && inner !== null && field in inner;
  if (isInside) return { ...body, data: mutated(inner, { does, field, key, value }) };
  const name = snake(field) in body ? snake(field) : field;
  if (does === 'drop') return Object.fromEntries(Object.entries(body).filter(([other]) => other !== name));
  if (does === 'retype') return { ...body, [name]: value };
  if (does === 'add') return withOwn({ ...body }, [[key, value]]);
  return { ...body, [name]: { [name]: body[name] } };
}

const answerLike = fc
  .record({
    shape: fc.constantFrom<Shape>('flat', 'flat', 'wrapped', 'wrapped', 'split', 'contradicting', 'beside'),
    isSnake: fc.boolean(),
    fields: said,
    other: said,
    mutations: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Mutation[]>([]) },
      { weight: 1, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 3 }) },
    ),
  })
  .map(({ shape, isSnake, fields, other, mutations }): unknown => {
    const named = Object.fromEntries(
      Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [isSnake ? snake(name) : name, value]),
    );
    return mutations.reduce(mutated, shaped(shape, named, other));
  });

/** What a backend of any kind may answer with, as the value that JSON.parse or an app's own fetch gives. */
export const bodies: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 16, arbitrary: answerLike },
  { weight: 1, arbitrary: tokens },
  { weight: 1, arbitrary: answerLike.map((body) => [body]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('invalid API key', 'Token expired').map((error) => ({ error, token: HUSH })),
  },
  { weight: 1, arbitrary: fc.constantFrom('forbidden', 'aborted', HUSH).map((code) => ({ code, message: HUSH })) },
  { weight: 1, arbitrary: fc.oneof(junk, fc.jsonValue()) },
);

/** The same as text, and text that is no JSON. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 16, arbitrary: bodies.map(writeJson) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '<!doctype html>', `{"token":"${HUSH}`, '[[[['.repeat(50), '\u0000', '1e999', 'NaN'),
  },
);
