import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/core/clock';
import { createSteadyClock } from '../../src/core/steadyClock';

afterEach(() => void vi.useRealTimers());

function createClocks(): { read: () => number; move: (wall: number, monotonic: number) => void } {
  let wall = 1_000_000;
  let monotonic = 500;
  const read = createSteadyClock({ now: () => wall, monotonicNow: () => monotonic, random: () => 0 });
  return {
    read,
    move: (byWall, byMonotonic) => {
      wall += byWall;
      monotonic += byMonotonic;
    },
  };
}

it('starts at nothing', () => expect(createClocks().read()).toBe(0));

it.each([
  ['both clocks', 100, 100, 100],
  ['a sleep, which only wall time sees', 7_200_000, 0, 7_200_000],
  ['a wall clock that was set back', -3_600_000, 1_000, 1_000],
  ['a wall clock that was set forward', 3_600_000, 1_000, 3_600_000],
  ['two clocks that were set back', -5, -7, 0],
])('moves by the larger step of %s', (_what, wall, monotonic, moved) => {
  const { read, move } = createClocks();
  move(wall, monotonic);
  expect(read()).toBe(moved);
});

it('adds step to step, so that a clock set back and forth counts only what passed', () => {
  const { read, move } = createClocks();
  for (const [wall, monotonic] of [
    [-HOUR, 10],
    [HOUR, 10],
    [5, 10],
    [20, 10],
  ] as const) {
    move(wall, monotonic);
    read();
  }
  expect(read()).toBe(10 + HOUR + 10 + 20);
});

it('never goes back', () => {
  const { read, move } = createClocks();
  let before = 0;
  for (let i = 0; i < 100; i += 1) {
    move(((i * 7_919) % 200) - 100, ((i * 104_729) % 20) - 10);
    expect(read()).toBeGreaterThanOrEqual(before);
    before = read();
  }
});

it('is of the page by default, looked up at each call', () => {
  const read = createSteadyClock(systemClock);
  vi.useFakeTimers({ now: 0 });
  expect(systemClock.now()).toBe(0);
  expect(systemClock.monotonicNow()).toBe(performance.now());
  vi.advanceTimersByTime(7);
  expect([systemClock.now(), performance.now()]).toEqual([7, systemClock.monotonicNow()]);
  vi.spyOn(Math, 'random').mockReturnValueOnce(0.25);
  expect(systemClock.random()).toBe(0.25);
  expect(read()).toBeGreaterThanOrEqual(0);
});

const HOUR = 3_600_000;
