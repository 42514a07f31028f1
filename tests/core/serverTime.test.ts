import { expect, it } from 'vitest';
import { createServerTime } from '../../src/core/serverTime';

let monotonicMs = 0;
/** What steady time saw beyond the monotonic clock: a sleep, or a clock that was set forward. */
let jumpedMs = 0;
const createHeard = () => {
  [monotonicMs, jumpedMs] = [50, 0];
  return createServerTime(
    () => monotonicMs,
    () => monotonicMs + jumpedMs,
  );
};

it('a server time is of now where it moved at least as far as the monotonic clock, but for a second', () => {
  const time = createHeard();
  expect(time.hear(1_000_000, 0)).toBe(true);
  monotonicMs += 60_000;
  expect(time.hear(1_059_000, 0)).toBe(true);
  expect(time.hear(1_058_999, 0)).toBe(false);
  expect(time.hear(1_060_000, 0)).toBe(true);
});

it('a sleep that the monotonic clock missed makes no server time old', () => {
  const time = createHeard();
  time.hear(1_000_000, 0);
  jumpedMs = 8_000_000;
  expect(time.hear(9_000_000, 0)).toBe(true);
  expect(time.hear(8_000_000, 0)).toBe(false);
});

it('a slow answer is as old as its request', () => {
  const time = createHeard();
  time.hear(1_000_000, 0);
  monotonicMs += 9_000;
  expect(time.hear(1_001_000, 5_000)).toBe(false);
  expect(time.hear(1_001_001, 9_000)).toBe(true);
});

it('an older statement takes nothing from a newer one, and none is no news', () => {
  const time = createHeard();
  time.hear(1_000_000, 0);
  expect(time.hear(undefined, 0)).toBe(false);
  expect(time.hear(1_000_001, 0)).toBe(true);
  expect(time.hear(5, 0)).toBe(false);
  expect(time.hear(1_000_002, 0)).toBe(true);
});

it('what was heard before is no news, however little the monotonic clock saw of the time since', () => {
  const time = createHeard();
  time.hear(1_000_000, 0);
  expect(time.hear(1_000_000, 0)).toBe(false);
  monotonicMs += 1_500;
  expect(time.hear(1_000_900, 0)).toBe(true);
  expect(time.hear(1_000_900, 0)).toBe(false);
  expect(time.hear(1_000_899, 0)).toBe(false);
});

it('what was kept over a sleep is no news, and the next statement settles whether the clock was only set', () => {
  const time = createHeard();
  time.hear(1_000_000, 0);
  monotonicMs += 1_000;
  jumpedMs = 60_000;
  expect(time.hear(1_001_000, 0)).toBe(false);
  expect(time.hear(1_001_000, 0)).toBe(false);
  monotonicMs += 500;
  expect(time.hear(1_001_500, 0)).toBe(true);
});

it('what a cache keeps for a while each time stays old', () => {
  const time = createHeard();
  time.hear(1_000_000, 0);
  monotonicMs += 90_000;
  expect(time.hear(1_060_000, 0)).toBe(false);
  monotonicMs += 30_000;
  expect(time.hear(1_090_000, 0)).toBe(false);
});
