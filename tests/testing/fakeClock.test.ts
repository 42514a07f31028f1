import { createFakeBackend, type FakeClock } from 'react-upsolve-tenant/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const START = Date.UTC(2030, 0, 1);
let clock: FakeClock;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  ({ clock } = createFakeBackend());
});
afterEach(() => void vi.useRealTimers());

/** How far each time has moved since `run` began. */
function moved(run: () => void): { wall: number; monotonic: number; server: number } {
  const before = { wall: clock.now(), monotonic: clock.monotonicNow(), server: clock.serverNow() };
  run();
  return {
    wall: clock.now() - before.wall,
    monotonic: clock.monotonicNow() - before.monotonic,
    server: clock.serverNow() - before.server,
  };
}

describe('the fake clock', () => {
  it('follows fake timers', () => {
    expect(clock.now()).toBe(START);
    expect(moved(() => vi.advanceTimersByTime(1_500))).toEqual({ wall: 1_500, monotonic: 1_500, server: 1_500 });
  });

  it('moves every time when time passes', () => {
    expect(moved(() => clock.advance(60_000))).toEqual({ wall: 60_000, monotonic: 60_000, server: 60_000 });
  });

  it('leaves monotonic time behind in a sleep', () => {
    expect(moved(() => clock.sleep(7_200_000))).toEqual({ wall: 7_200_000, monotonic: 0, server: 7_200_000 });
  });

  it("leaves the backend's time alone when the page's clock is set", () => {
    expect(moved(() => clock.set(-3_600_000))).toEqual({ wall: -3_600_000, monotonic: 0, server: 0 });
  });

  it('runs no timer and takes no chance', () => {
    const ran = vi.fn();
    setTimeout(ran, 10);
    clock.advance(1_000);
    expect(ran).not.toHaveBeenCalled();
    expect(clock.random()).toBe(0);
  });
});
