import { describe, expect, it } from 'vitest';
import { guardMs, leadMs, refreshDelayMs, retryDelayMs } from '../../src/core/schedule';

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

  it.each([10 * SECOND, 4 * SECOND, 0, -HOUR])('keeps refreshes 5 s apart, for %i ms left', (remaining) => {
    expect(refreshDelayMs(remaining, 5 * MINUTE, never)).toBe(5 * SECOND);
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
