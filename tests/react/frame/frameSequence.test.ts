import { expect, it } from 'vitest';
import {
  advance,
  followAddress,
  type FrameSequence,
  getWaitMs,
  noteLoad,
  settle,
  startSequence,
} from '../../../src/react/frame/frameSequence';

const request = (token: string) => ({ address: `of ${token}`, token, getSrc: (address: string) => `src ${address}` });
const at = (nowMs: number, hasEnded = false) => ({ nowMs, settleMs: 2_000, hasEnded });
const first = startSequence(request('t1'), 0);
const shown = noteLoad(first, 0, 100);
const overlapping = followAddress(shown, request('t2'));
const view = ({ running, next, coveredAtMs }: FrameSequence) => [
  running.token,
  next?.token ?? null,
  coveredAtMs !== null,
];

it('covers the first frame until its load event, or for 60 s', () => {
  expect(view(first)).toEqual(['t1', null, true]);
  expect(view(shown)).toEqual(['t1', null, false]);
  expect(advance(first, at(59_999))).toBe(first);
  expect(view(advance(first, at(60_000)))).toEqual(['t1', null, false]);
});

it('lets a next frame load until it has settled, however long that takes', () => {
  expect(view(overlapping)).toEqual(['t1', 't2', false]);
  expect(advance(overlapping, at(1e9))).toBe(overlapping);
  const loaded = noteLoad(overlapping, 1, 1e9);
  expect(advance(loaded, at(1e9 + 1_999))).toBe(loaded);
  expect(view(advance(loaded, at(1e9 + 2_000)))).toEqual(['t2', null, false]);
});

it('settles after the last load event of a page that moves on by itself', () => {
  const twice = noteLoad(noteLoad(overlapping, 1, 1_000), 1, 2_500);
  expect(advance(twice, at(4_499))).toBe(twice);
  expect(view(advance(twice, at(4_500)))).toEqual(['t2', null, false]);
});

it('takes the next frame as it is once the former token has ended, and only the next', () => {
  expect(view(advance(overlapping, at(200, true)))).toEqual(['t2', null, false]);
  expect(advance(shown, at(200, true))).toBe(shown);
});

it('takes a next frame at its load event where none is in view yet', () => {
  const both = followAddress(first, request('t2'));
  expect(view(noteLoad(both, 1, 50))).toEqual(['t2', null, false]);
  expect(view(noteLoad(both, 0, 50))).toEqual(['t1', 't2', false]);
  expect(view(advance(both, at(60_000)))).toEqual(['t1', 't2', false]);
});

it('has two frames at most, follows the newest, and makes no element of the same address twice', () => {
  const third = followAddress(overlapping, request('t3'));
  expect(view(third)).toEqual(['t1', 't3', false]);
  expect(third.next?.id).not.toBe(overlapping.next?.id);
  expect(followAddress(third, request('t3'))).toBe(third);
  expect(view(followAddress(third, request('t1')))).toEqual(['t1', null, false]);
});

it('takes no notice of a frame that is gone', () => {
  const third = followAddress(overlapping, request('t3'));
  expect(noteLoad(third, 1, 500)).toBe(third);
  expect(settle(third, 1)).toBe(third);
});

it('waits for nothing at rest, and else looks again within a second', () => {
  expect(getWaitMs(shown, at(5_000))).toBeNull();
  expect(getWaitMs(first, at(0))).toBe(1_000);
  expect(getWaitMs(first, at(59_600))).toBe(400);
  expect(getWaitMs(overlapping, at(5_000))).toBe(1_000);
  expect(getWaitMs(noteLoad(overlapping, 1, 5_000), at(6_500))).toBe(500);
});
