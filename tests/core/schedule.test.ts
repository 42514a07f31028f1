import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createCeiling,
  createSteadyClock,
  createStop,
  getDueAt,
  getEarliest,
  guardMs,
  leadMs,
  type Plan,
  refreshDelayMs,
  retryDelayMs,
  systemClock,
  wakePlan,
} from '../../src/core/schedule';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const never = (): number => 0;
const most = (): number => 1;

describe('the schedule of refreshes', () => {
  it.each([
    [HOUR, 5 * MINUTE, 5 * MINUTE],
    [10 * MINUTE, 5 * MINUTE, 5 * MINUTE],
    [9 * MINUTE, 5 * MINUTE, 4.5 * MINUTE],
    [10 * SECOND, 5 * MINUTE, 5 * SECOND],
    [HOUR, 1, 1],
  ])('leads the end of %i ms by refreshLeadMs %i, and by half of it at most: %i', (remaining, wanted, lead) => {
    expect(leadMs(remaining, wanted)).toBe(lead);
  });

  it.each([
    [HOUR, 5 * SECOND],
    [50 * SECOND, 5 * SECOND],
    [49 * SECOND, 4_900],
    [20 * SECOND, 2 * SECOND],
    [10 * SECOND, SECOND],
    [2 * SECOND, SECOND],
  ])('guards the end of %i ms by a tenth, within 1 s and 5 s: %i', (remaining, guard) => {
    expect(guardMs(remaining)).toBe(guard);
  });

  it.each([
    ['10 s at most', HOUR, 5 * MINUTE, 55 * MINUTE + 10 * SECOND],
    ['a tenth of the lead', MINUTE, 5 * MINUTE, 33 * SECOND],
  ])('jitters only later, by %s', (_what, remaining, lead, latest) => {
    expect(refreshDelayMs(remaining, lead, never)).toBe(remaining - leadMs(remaining, lead));
    expect(refreshDelayMs(remaining, lead, most)).toBe(latest);
  });
});

describe('the schedule of retries', () => {
  const delays = (hasUsableToken: boolean, random: () => number): number[] =>
    Array.from({ length: 9 }, (_, i) => retryDelayMs({ failureCount: i + 1, hasUsableToken, hasFloor: false }, random));

  it('doubles from 1 s up to a minute, and up to 30 s while a usable token is held', () => {
    expect(delays(false, most).map((ms) => ms / SECOND)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(delays(true, most).map((ms) => ms / SECOND)).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30]);
  });

  it('has equal jitter: half is sure, half is chance', () => {
    expect(delays(false, never)).toEqual(delays(false, most).map((ms) => ms / 2));
    expect(delays(false, () => 0.5)).toEqual(delays(false, most).map((ms) => ms * 0.75));
  });

  it('stays at its cap after a thousand failures', () => {
    expect(retryDelayMs({ failureCount: 5_000, hasUsableToken: false, hasFloor: false }, most)).toBe(MINUTE);
  });

  it.each([
    [0, SECOND],
    [-HOUR, SECOND],
    [999, SECOND],
    [1_001, 1_001],
    [5 * MINUTE - 1, 5 * MINUTE - 1],
    [HOUR, 5 * MINUTE],
  ])('obeys a Retry-After of %i ms within 1 s and 5 min, past any floor: %i', (retryAfterMs, delay) => {
    const circumstances = { failureCount: 7, hasUsableToken: false, retryAfterMs, hasFloor: true };
    expect(retryDelayMs(circumstances, most)).toBe(delay);
  });

  it('is at least 30 s after an answer that brought nothing acceptable', () => {
    const circumstances = { failureCount: 1, hasUsableToken: true, hasFloor: true };
    expect(retryDelayMs(circumstances, most)).toBe(30 * SECOND);
    expect(retryDelayMs({ ...circumstances, failureCount: 9, hasUsableToken: false }, most)).toBe(MINUTE);
  });
});

describe('a plan', () => {
  const WALL = Date.UTC(2030, 0, 1);
  const due = (canBePulled: boolean): Plan => ({
    kind: 'due',
    atMs: 9_000,
    at: new Date(WALL),
    reason: 'retry',
    canBePulled,
  });

  it('is due when it says, and never where nothing is planned or asking has stopped', () => {
    expect(getDueAt(due(false))).toBe(9_000);
    expect(getDueAt({ kind: 'none' })).toBeNull();
    expect(getDueAt(createStop(1_000, true))).toBeNull();
    expect(getEarliest(null, 7, 3, null)).toBe(3);
    expect(getEarliest(null)).toBeNull();
  });

  it('is pulled forward by a wake only where nobody asked to wait, and only once', () => {
    const pulled = wakePlan(due(true), 2_000, WALL);
    expect(pulled).toEqual({ kind: 'due', atMs: 2_000, at: new Date(WALL), reason: 'wake', canBePulled: false });
    expect(wakePlan(pulled, 3_000, WALL)).toBe(pulled);
    expect(wakePlan(due(false), 2_000, WALL)).toEqual(due(false));
    expect(wakePlan(due(true), 9_000, WALL), 'what is due is asked anyway').toEqual(due(true));
    expect(wakePlan({ kind: 'none' }, 1e9, WALL)).toEqual({ kind: 'none' });
  });

  it('that stopped remembers its first wake and is due 30 s after the stop, or at once later', () => {
    const stop = createStop(1_000, true);
    const woken = wakePlan(stop, 11_000, WALL);
    expect([getDueAt(woken), woken]).toMatchObject([31_000, { at: new Date(WALL + 20_000) }]);
    expect(wakePlan(woken, 12_000, WALL + 5)).toBe(woken);
    expect(wakePlan(stop, 31_000, WALL)).toMatchObject({ wakeAtMs: 31_000, at: new Date(WALL) });
    expect(wakePlan(stop, 99_000, WALL)).toMatchObject({ at: new Date(WALL) });
  });

  it('that no wake may end is never due', () => {
    const stop = createStop(1_000, false);
    expect(wakePlan(stop, 1e9, WALL)).toBe(stop);
    expect(getDueAt(stop)).toBeNull();
  });
});

describe('the ceiling', () => {
  let nowMs = 0;
  let ceiling: ReturnType<typeof createCeiling>;
  beforeEach(() => {
    nowMs = 1_000;
    ceiling = createCeiling(() => nowMs);
  });
  const take = (isFirst = false): void => {
    expect(ceiling.waitMs(isFirst)).toBe(0);
    ceiling.take(isFirst);
  };

  it('lets three begin at once and then one every 5 s', () => {
    for (let i = 0; i < 3; i += 1) take();
    expect(ceiling.waitMs(false)).toBe(5_000);
    nowMs += 4_999;
    expect(ceiling.waitMs(false)).toBe(1);
    nowMs += 1;
    take();
    expect(ceiling.waitMs(false)).toBe(5_000);
    nowMs += 10_000;
    take();
    take();
    expect(ceiling.waitMs(false)).toBe(5_000);
  });

  it('lets ten first attempts in a minute pass, whatever stands before them, and the eleventh wait its turn', () => {
    for (let i = 0; i < 10; i += 1) take(true);
    expect(ceiling.waitMs(true)).toBe(5_000);
    nowMs += 59_999;
    take();
    take();
    take();
    expect(ceiling.waitMs(true)).toBe(5_000);
    nowMs += 1;
    take(true);
  });

  it('is filled by first attempts too, though no further than full', () => {
    for (let i = 0; i < 9; i += 1) take(true);
    expect(ceiling.waitMs(false)).toBe(5_000);
  });
});

describe('the steady clock', () => {
  function createClocks(): { read: () => number; move: (wall: number, monotonic: number) => void } {
    let wall = 1_000_000;
    let monotonic = 500;
    const read = createSteadyClock({ now: () => wall, monotonicNow: () => monotonic, random: () => 0 });
    // Nothing is read before the first call.
    read();
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
});

afterEach(() => void vi.useRealTimers());
