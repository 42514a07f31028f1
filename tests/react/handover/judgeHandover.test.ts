import { expect, it } from 'vitest';
import { guardMs, type TokenEnd } from '../../../src/core/schedule';
import type { Handover } from '../../../src/react/dashboardProps';
import type { Attention } from '../../../src/react/handover/attention';
import { judgeHandover } from '../../../src/react/handover/heldTenant';

const HOUR = 3_600_000;
const BREAK_MS = 30_000;
const LEAD = 300_000;
const IN_USE: Attention = { hiddenMs: null, inactiveMs: 0, isInUse: false };

/** A token that came at 0. */
const living = (remainingMs: number): TokenEnd => ({
  remainingMs,
  endsAtMs: remainingMs,
  usableUntilMs: remainingMs - guardMs(remainingMs),
});

function judge(attention: Partial<Attention>, untilEndMs: number, handover: Handover = 'natural-break', lifeMs = HOUR) {
  const moment = { nowMs: lifeMs - untilEndMs, refreshLeadMs: LEAD };
  return judgeHandover(living(lifeMs), handover, { ...IN_USE, ...attention }, moment);
}

it.each([
  { life: 'an hour', lifeMs: HOUR, deadlineMs: 5_000 + 30_000 },
  { life: 'a minute', lifeMs: 60_000, deadlineMs: 5_000 + 10_000 },
  { life: 'ten seconds', lifeMs: 10_000, deadlineMs: 1_000 + 5_000 / 3 },
])('has its deadline by guard and lead before the end: $life', ({ lifeMs, deadlineMs }) => {
  expect(judge({}, deadlineMs + 1, 'natural-break', lifeMs)).toBeNull();
  expect(judge({}, deadlineMs - 1, 'natural-break', lifeMs)).toBe('deadline');
});

const EARLY = HOUR / 2;
const LATE = 30_000;

it.each<[string, Partial<Attention>, number, Handover, string | null]>([
  ['immediate goes at once', {}, EARLY, 'immediate', 'immediate'],
  ['a token in use waits for a break', {}, EARLY, 'natural-break', null],
  ['the deadline ends the waiting', {}, LATE, 'natural-break', 'deadline'],
  ['the deadline ends it also in a frame in use', { isInUse: true }, LATE, 'natural-break', 'deadline'],
  ['30 s hidden are a break', { hiddenMs: BREAK_MS }, EARLY, 'natural-break', 'hidden'],
  [
    'a short look away is none, idle or not',
    { hiddenMs: BREAK_MS - 1, inactiveMs: HOUR },
    EARLY,
    'natural-break',
    null,
  ],
  ['30 s without input are a break', { inactiveMs: BREAK_MS }, EARLY, 'natural-break', 'inactive'],
  ['29 s are none', { inactiveMs: BREAK_MS - 1 }, EARLY, 'natural-break', null],
  ['idleness does not count in a frame in use', { inactiveMs: HOUR, isInUse: true }, EARLY, 'natural-break', null],
  ['hidden, a frame in use has its break', { hiddenMs: BREAK_MS, isInUse: true }, EARLY, 'natural-break', 'hidden'],
  ['before-expiry takes no break', { hiddenMs: HOUR, inactiveMs: HOUR }, EARLY, 'before-expiry', null],
  ['before-expiry goes at the deadline', {}, LATE, 'before-expiry', 'deadline'],
])('%s', (_fact, attention, untilEndMs, handover, expected) => {
  expect(judge(attention, untilEndMs, handover)).toBe(expected);
});
