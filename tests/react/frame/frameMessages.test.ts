import { expect, it } from 'vitest';
import { parseFrameMessage, parseFilters } from '../../../src/react/frame/frameMessages';

it.each([
  ['?f_region=eu&filter_year=2024&jwt=x&page=2', '?f_region=eu&filter_year=2024'],
  ['f_region=eu', '?f_region=eu'],
  ['?f_a=1&f_a=2', '?f_a=1&f_a=2'],
  ['?f_name=%C3%A9t%C3%A9', '?f_name=%C3%A9t%C3%A9'],
  ['?jwt=x', ''],
  ['', ''],
])('keeps the filters of %s', (search, expected) => {
  expect(parseFilters(search)).toBe(expected);
  expect(parseFilters(expected)).toBe(expected);
});

it('refuses more than 4 kB', () => {
  expect(parseFilters(`?f_a=${'x'.repeat(4_091)}`)).toHaveLength(4_096);
  expect(parseFilters(`?f_a=${'x'.repeat(4_092)}`)).toBeUndefined();
});

it.each([
  [{ type: 'embed:ready' }, { type: 'embed:ready' }],
  [{ type: 'embed:ready', v: 1 }, { type: 'embed:ready' }],
  [
    { type: 'embed:params', v: 1, search: '?f_a=1&b=2' },
    { type: 'embed:params', search: '?f_a=1' },
  ],
  [{ type: 'embed:params', v: 2, search: '?f_a=1' }, undefined],
  [{ type: 'embed:params', v: 1 }, undefined],
  [{ type: 'embed:params', v: 1, search: ['?f_a=1'] }, undefined],
  [{ type: 'embed:set-params', search: '' }, undefined],
  ['embed:ready', undefined],
  [null, undefined],
  [undefined, undefined],
])('reads %j', (data, expected) => {
  expect(parseFrameMessage(data)).toEqual(expected);
});
