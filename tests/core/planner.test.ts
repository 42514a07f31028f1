import { beforeEach, describe, expect, it } from 'vitest';
import { createPlanner, type Planner } from '../../src/core/planner';

const WALL = Date.UTC(2030, 0, 1);
let nowMs = 0;
let waitMs = 0;
let changes = 0;
let planner: Planner;
beforeEach(() => {
  [nowMs, waitMs, changes] = [1_000, 0, 0];
  planner = createPlanner({
    clock: { now: () => WALL, monotonicNow: () => nowMs, random: () => 0 },
    now: () => nowMs,
    turns: { waitMs: () => waitMs, count: () => undefined },
    onChange: () => void (changes += 1),
  });
});

/** A sign-in of the app, to be settled. */
function createSignIn(): { promise: Promise<void>; resolve: () => Promise<void>; reject: () => Promise<void> } {
  let settle: { resolve: () => void; reject: (reason: unknown) => void };
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const flush = (): Promise<void> => promise.then(undefined, () => undefined).then(() => undefined);
  return {
    promise,
    resolve: () => (settle.resolve(), flush()),
    reject: () => (settle.reject(new Error('no')), flush()),
  };
}

describe('a planned request', () => {
  it('is told by the wall clock too', () => {
    planner.planAt(4_000, 'retry', true);
    const at = new Date(WALL + 3_000);
    expect(planner.get()).toEqual({ kind: 'due', atMs: 4_000, at, reason: 'retry', canBePulled: true });
    planner.planAt(4_000, 'scheduled');
    expect(planner.get()).toMatchObject({ reason: 'scheduled', canBePulled: false });
  });

  it('waits for its turn', () => {
    planner.planAt(4_000, 'retry');
    expect(planner.getDueAt()).toBe(4_000);
    waitMs = 9_000;
    expect(planner.getDueAt()).toBe(10_000);
  });

  it('waits for no turn where it is the first of a tenant', () => {
    planner.planAt(4_000, 'initial');
    waitMs = 9_000;
    expect(planner.getDueAt()).toBe(4_000);
  });

  it('is none before anything is planned and after a stop', () => {
    expect([planner.get(), planner.getDueAt()]).toEqual([{ kind: 'none' }, null]);
    planner.planAt(4_000, 'retry');
    planner.stop();
    expect([planner.get(), planner.getDueAt()]).toEqual([
      { kind: 'stopped', sinceMs: 1_000, isSigningIn: false },
      null,
    ]);
  });

  it('is pulled forward by a wake where it may be', () => {
    planner.planAt(20_000, 'retry', true);
    planner.wake(nowMs);
    expect(planner.getDueAt()).toBe(20_000);
    planner.wake(nowMs - 5_000);
    expect(planner.get()).toMatchObject({ kind: 'due', atMs: 1_000, reason: 'wake' });
  });
});

describe('a sign-in of the app', () => {
  it('that is fulfilled makes a request due', async () => {
    planner.stop();
    const signIn = createSignIn();
    planner.awaitSignIn(signIn.promise);
    expect(planner.get()).toEqual({ kind: 'stopped', sinceMs: 1_000, isSigningIn: true });
    nowMs = 3_000;
    await signIn.resolve();
    expect(planner.get()).toMatchObject({ kind: 'due', atMs: 3_000, reason: 'retry' });
    expect(changes).toBe(1);
  });

  it('that is rejected leaves the stop as it was', async () => {
    planner.stop();
    const signIn = createSignIn();
    planner.awaitSignIn(signIn.promise);
    nowMs = 3_000;
    await signIn.reject();
    expect(planner.get()).toEqual({ kind: 'stopped', sinceMs: 1_000, isSigningIn: false });
    expect(changes).toBe(1);
  });

  it('is nothing where no stop waits for it', async () => {
    planner.planAt(20_000, 'retry');
    const before = planner.get();
    const signIn = createSignIn();
    planner.awaitSignIn(signIn.promise);
    expect(planner.get()).toBe(before);
    await signIn.resolve();
    expect([planner.get(), changes]).toEqual([before, 0]);
  });

  it('comes too late where something else was planned meanwhile', async () => {
    planner.stop();
    const signIn = createSignIn();
    planner.awaitSignIn(signIn.promise);
    planner.planAt(20_000, 'manual');
    await signIn.resolve();
    expect(planner.getDueAt()).toBe(20_000);
    expect(changes).toBe(0);
  });
});
