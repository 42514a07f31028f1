import { expect, it } from 'vitest';
import {
  BREAK_MS,
  type HandoverMoment,
  handoverDeadlineMs,
  judgeHandover,
} from '../../../src/react/handover/judgeHandover';

const HOUR = 3_600_000;
const LEAD = 300_000;
const moment = (more: Partial<HandoverMoment>): HandoverMoment => ({
  kind: 'natural-break',
  untilDeadlineMs: 60_000,
  hiddenMs: null,
  inactiveMs: 0,
  isFrameInUse: false,
  isOffline: false,
  ...more,
});

it.each([
  { life: 'an hour', lifeMs: HOUR, deadlineMs: 5_000 + 30_000 },
  { life: 'a minute', lifeMs: 60_000, deadlineMs: 5_000 + 10_000 },
  { life: 'ten seconds', lifeMs: 10_000, deadlineMs: 1_000 + 5_000 / 3 },
])('has its deadline by guard and lead before the end: $life', ({ lifeMs, deadlineMs }) => {
  expect(handoverDeadlineMs(lifeMs, LEAD)).toBeCloseTo(deadlineMs);
});

it.each([
  ['immediate goes at once', { kind: 'immediate' }, 'immediate'],
  ['a token in use waits for a break', {}, null],
  ['the deadline ends the waiting', { untilDeadlineMs: 0 }, 'deadline'],
  [
    'the deadline ends it also in a frame in use, offline',
    { untilDeadlineMs: -1, isFrameInUse: true, isOffline: true },
    'deadline',
  ],
  ['30 s hidden are a break', { hiddenMs: BREAK_MS }, 'hidden'],
  ['a shorter look away is none, however long the idleness', { hiddenMs: BREAK_MS - 1, inactiveMs: HOUR }, null],
  ['30 s without input are a break', { inactiveMs: BREAK_MS }, 'inactive'],
  ['29 s are none', { inactiveMs: BREAK_MS - 1 }, null],
  ['idleness does not count in a frame in use', { inactiveMs: HOUR, isFrameInUse: true }, null],
  ['a hidden page is a break also for a frame in use', { hiddenMs: BREAK_MS, isFrameInUse: true }, 'hidden'],
  ['offline there is no break', { hiddenMs: HOUR, inactiveMs: HOUR, isOffline: true }, null],
  ['before-expiry takes no break', { kind: 'before-expiry', hiddenMs: HOUR, inactiveMs: HOUR }, null],
  ['before-expiry goes at the deadline', { kind: 'before-expiry', untilDeadlineMs: 0 }, 'deadline'],
] as const)('%s', (_fact, more, expected) => {
  expect(judgeHandover(moment(more))).toBe(expected);
});
