import { afterEach, expect, it, vi } from 'vitest';
import { guarded } from '../../src/core/guarded';

const BOOM = new Error('boom');
const explode = (): never => {
  throw BOOM;
};
afterEach(() => void vi.unstubAllGlobals());

it('a call that is guarded gives what it returns', () => {
  expect(guarded(() => 7)).toBe(7);
});

it('what it throws is reported as an error of the page', () => {
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  expect(guarded(explode)).toBeUndefined();
  expect(report.mock.calls).toEqual([[BOOM]]);
});

it('what it throws is thrown by itself where nothing reports errors', () => {
  const queued: (() => void)[] = [];
  vi.stubGlobal('reportError', undefined);
  vi.stubGlobal('queueMicrotask', (run: () => void) => void queued.push(run));
  expect(guarded(explode)).toBeUndefined();
  expect(queued).toHaveLength(1);
  expect(queued[0]).toThrow(BOOM);
});
