import { describe, expect, it } from 'vitest';
import { canWake, type Plan } from '../../src/core/plan';

const due = (canBePulled: boolean): Plan => ({
  kind: 'due',
  atMs: 100_000,
  at: new Date(),
  reason: 'retry',
  canBePulled,
});
const stopped = (isSigningIn: boolean): Plan => ({ kind: 'stopped', sinceMs: 10_000, isSigningIn });

describe('a wake', () => {
  it('asks nothing where nothing is planned', () => expect(canWake({ kind: 'none' }, 1e9, 0)).toBe(false));

  it('asks what is due', () => {
    expect(canWake(due(false), 100_000, 99_999)).toBe(true);
    expect(canWake(due(false), 99_999, 0)).toBe(false);
  });

  it('pulls forward what may be, 5 s after the request before', () => {
    expect(canWake(due(true), 55_000, 50_000)).toBe(true);
    expect(canWake(due(true), 54_999, 50_000)).toBe(false);
  });

  it('asks after a stop when 30 s have passed, unless the app is signing in', () => {
    expect(canWake(stopped(false), 40_000, 39_999)).toBe(true);
    expect(canWake(stopped(false), 39_999, 0)).toBe(false);
    expect(canWake(stopped(true), 1e9, 0)).toBe(false);
  });
});
