import { expect, it } from 'vitest';
import { createSnapshot, isSameSnapshot } from '../../src/core/snapshot';

it('before anything is known nothing is asked, planned or failed', () => {
  expect(createSnapshot('loading', 'acme')).toStrictEqual({
    identity: 'acme',
    status: 'loading',
    tenant: null,
    isRefreshing: false,
    nextAttemptAt: null,
    lastRefreshedAt: null,
    failureCount: 0,
  });
});

it('two moments are the same where every part is', () => {
  const moment = createSnapshot('loading', 'acme');
  expect(isSameSnapshot(moment, createSnapshot('loading', 'acme'))).toBe(true);
  expect(isSameSnapshot(moment, createSnapshot('idle', 'acme'))).toBe(false);
  expect(isSameSnapshot(moment, { ...moment, failureCount: 1 })).toBe(false);
  const error = new Error('why') as never;
  expect(isSameSnapshot(moment, { ...moment, error })).toBe(false);
  expect(isSameSnapshot({ ...moment, error }, moment)).toBe(false);
});
