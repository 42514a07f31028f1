import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHeartbeat } from '../../src/core/heartbeat';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([
  ['what is due before the next tick', 400, 400],
  ['the next tick, where more is to be waited for', 5_000, 1_000],
  ['the next tick, where nothing is due', Number.POSITIVE_INFINITY, 1_000],
])('waits for %s, once', (_what, delayMs, waitMs) => {
  const beat = vi.fn();
  createHeartbeat(beat).arm(delayMs);
  vi.advanceTimersByTime(waitMs - 1);
  expect(beat).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(beat).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});

it('waits no time at all for what was due before', () => {
  const wait = vi.spyOn(globalThis, 'setTimeout');
  createHeartbeat(() => undefined).arm(-7);
  expect(wait).toHaveBeenCalledWith(expect.any(Function), 0);
});

it('ticks each minute while hidden', () => {
  const beat = vi.fn();
  const heartbeat = createHeartbeat(beat);
  heartbeat.setVisible(false);
  heartbeat.arm(1e9);
  vi.advanceTimersByTime(59_999);
  expect(beat).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(beat).toHaveBeenCalledTimes(1);
  heartbeat.setVisible(true);
  heartbeat.arm(1e9);
  vi.advanceTimersByTime(1_000);
  expect(beat).toHaveBeenCalledTimes(2);
});

it('has one timer however often it is armed, and none where there is nothing to wait for', () => {
  const heartbeat = createHeartbeat(() => undefined);
  for (let i = 0; i < 100; i += 1) heartbeat.arm(i);
  expect(vi.getTimerCount()).toBe(1);
  heartbeat.arm(null);
  expect(vi.getTimerCount()).toBe(0);
});
