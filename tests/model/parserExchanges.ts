import fc from 'fast-check';
import { bodies, texts } from './parserBodies';
import { HUSH, START_MS } from './parserTokens';

/** One request and its answer, either over HTTP or from an app's own fetch. */
export interface Exchange {
  readonly answer:
    | { readonly via: 'http'; readonly status: number; readonly text: string; readonly headers: [string, string][] }
    | { readonly via: 'function'; readonly body: unknown };
  /** The answer before it comes again, word for word. */
  readonly isRepeated: boolean;
  /** Since the answer before it. */
  readonly gapMs: number;
  readonly latencyMs: number;
}

/** What one page, with one tenant, is answered in a row. */
export interface Conversation {
  readonly tenantId: string | undefined;
  /** How far the page's wall clock is off. */
  readonly wallOffsetMs: number;
  readonly exchanges: readonly Exchange[];
}

const date = fc.integer({ min: -400, max: 400 }).map((from) => new Date(START_MS + from * 1_000).toUTCString());
const ODD_DATES = [
  '',
  'yesterday',
  HUSH,
  'Tue, 99 Foo 2030 00:00:00 GMT',
  '5',
  'Tue, 01 Jan 2030 00:00:00',
  '9'.repeat(400),
];
const AGES = ['0', '30', '600', '-3600', 'Infinity', '', 'old', HUSH, '9'.repeat(400)];
const WAITS = ['0', '5', '-1', '1e3', '1.5', 'soon', HUSH, '9'.repeat(400), '2030'];
const pair = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<[string, string]> =>
  value.map((text) => [name, text]);

const headers = fc.uniqueArray(
  fc.oneof(
    pair('date', fc.oneof({ weight: 4, arbitrary: date }, { weight: 1, arbitrary: fc.constantFrom(...ODD_DATES) })),
    pair('age', fc.constantFrom(...AGES)),
    pair('retry-after', fc.oneof(date, fc.constantFrom(...WAITS))),
    pair('x-token', fc.constant(HUSH)),
  ),
  { maxLength: 3, selector: ([name]) => name },
);

const status = fc.oneof(
  { weight: 14, arbitrary: fc.constantFrom(200, 200, 200, 201, 299) },
  { weight: 1, arbitrary: fc.constantFrom(0, 204, 301, 400, 401, 403, 404, 408, 418, 425, 429, 500, 503, 999) },
);

const exchange: fc.Arbitrary<Exchange> = fc.record({
  answer: fc.oneof(
    { weight: 3, arbitrary: fc.record({ via: fc.constant('http'), status, text: texts, headers }) },
    { weight: 1, arbitrary: fc.record({ via: fc.constant('function'), body: bodies }) },
  ),
  isRepeated: fc.constantFrom(false, false, false, true),
  gapMs: fc.integer({ min: 0, max: 600_000 }),
  latencyMs: fc.integer({ min: 0, max: 9_000 }),
});

export const conversations: fc.Arbitrary<Conversation> = fc.record({
  tenantId: fc.constantFrom('acme', 'acme', 'acme', '7', undefined),
  wallOffsetMs: fc.constantFrom(0, 0, 0, 3_600_000, -3_600_000),
  exchanges: fc.array(exchange, { minLength: 1, maxLength: 3 }),
});
