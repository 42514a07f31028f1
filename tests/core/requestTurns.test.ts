import { beforeEach, expect, it } from 'vitest';
import { createRequestTurns, type RequestTurns } from '../../src/core/requestTurns';

let nowMs = 0;
let turns: RequestTurns;
beforeEach(() => {
  nowMs = 5_000;
  turns = createRequestTurns(() => nowMs);
});

/** Requests a second apart, each the so-manieth of its attempt. */
function send(...nths: number[]): void {
  for (const nth of nths) {
    turns.count(nth);
    nowMs += 1_000;
  }
}

it('an attempt has room while two more requests keep a minute at 13', () => {
  send(...Array<number>(11).fill(1));
  expect(turns.waitMs()).toBe(0);
  send(1);
  expect(turns.waitMs()).toBe(60_000 - 12_000);
});

it('a turn comes when the minute of the oldest that is in the way is over', () => {
  send(...Array<number>(12).fill(1));
  nowMs = 5_000 + 59_999;
  expect(turns.waitMs()).toBe(1);
  nowMs += 1;
  expect(turns.waitMs()).toBe(0);
  nowMs += 60_000;
  expect(turns.waitMs()).toBe(0);
});

it('an attempt that sent three requests is given room for three', () => {
  send(...Array<number>(8).fill(1), 1, 2, 3);
  expect(turns.waitMs()).toBe(60_000 - 11_000);
  send(1);
  expect(turns.waitMs()).toBe(60_000 - 12_000);
});

it('only the last 13 count', () => {
  send(...Array<number>(40).fill(1));
  // The twelfth from the end is in the way: it went out 12 s ago.
  expect(turns.waitMs()).toBe(60_000 - 12_000);
});
