import { describe, expect, test, vi } from 'vitest';
import { createSealedRecords, type SealedRecords } from '../../src/server/sealedRecords';
import { createSealer } from '../../src/server/sealer';
import type { SharedClock } from '../../src/server/sharedClock';
import { waitUntil } from '../setup/waitUntil';
import { sampleEncryptionKey } from './fixtures/sampleKeys';

const MINUTE = 60_000;

/** A store for several processes whose calls can be refused and held, and a clock that stands still. */
function createWorld() {
  const kept = new Map<string, string>();
  const writes: { readonly key: string; readonly ttlMs: number }[] = [];
  const faults: unknown[] = [];
  const sealer = createSealer([sampleEncryptionKey()]);
  const world = {
    kept,
    writes,
    reads: 0,
    faults,
    sealer,
    nowMs: Date.parse('2030-01-01T00:00:00Z'),
    movedMs: 0,
    isDown: false,
    /** What each write waits for. */
    held: Promise.resolve(),
    openProcess,
  };
  const clock: SharedClock = {
    now: () => world.nowMs,
    earliest: () => world.nowMs,
    movedMs: () => world.movedMs,
    sync: () => undefined,
  };
  const orThrow = async <Value>(run: () => Value): Promise<Value> => {
    if (world.isDown) throw new Error('down');
    return run();
  };
  function openProcess(): SealedRecords {
    return createSealedRecords({
      store: {
        get(key) {
          world.reads += 1;
          return orThrow(() => kept.get(key));
        },
        delete: (key) => orThrow(() => kept.delete(key)),
        set: async (key, value, ttlMs) => {
          const { held } = world;
          writes.push({ key, ttlMs });
          await held;
          return orThrow(() => kept.set(key, value));
        },
      },
      sealer,
      clock,
      onFault: (thrown) => faults.push(thrown),
      timeoutMs: 10_000,
    });
  }
  return world;
}

type World = ReturnType<typeof createWorld>;

/** Keeps while the store is down: the value stays in this process. */
async function keepHere(world: World, records: SealedRecords, key: string, value: unknown): Promise<void> {
  world.isDown = true;
  await records.keep(key, value, world.nowMs + MINUTE);
  world.isDown = false;
}

/** Until what failed before has reached the store, or is known not to. */
async function handIn(records: SealedRecords): Promise<void> {
  await records.find('tenant:anything');
  await waitUntil(() => expect(records.findUnsaved('tenant:a')).toBeUndefined());
}

/** It is found until a minute from now, and not from then on. */
function expectAnotherMinute(world: World, records: SealedRecords): void {
  world.nowMs += MINUTE - 1;
  expect(records.findUnsaved('token:a')).toBe('ours');
  world.nowMs += 1;
  expect(records.findUnsaved('token:a')).toBeUndefined();
}

describe('what this process could not write', () => {
  test('is found before an older one of the store, handed in, and then nothing that stays here', async () => {
    const world = createWorld();
    const [one, other] = [world.openProcess(), world.openProcess()];
    await other.keep('tenant:a', 'older', world.nowMs + MINUTE);
    world.nowMs += 1;
    await keepHere(world, one, 'tenant:a', 'newer');
    expect(await one.find('tenant:a')).toBe('newer');

    await handIn(one);
    expect(await other.find('tenant:a')).toBe('newer');
    await other.drop('tenant:a');
    expect(await one.find('tenant:a')).toBeUndefined();
  });

  test.each([
    ['a newer one', 1],
    ['one of the same moment', 0],
  ])('gives way to %s that the store has, and overwrites it with nothing', async (_what, laterMs) => {
    const world = createWorld();
    const [one, other] = [world.openProcess(), world.openProcess()];
    await keepHere(world, one, 'tenant:a', 'ours');
    world.nowMs += laterMs;
    await other.keep('tenant:a', 'theirs', world.nowMs + MINUTE);
    world.writes.length = 0;

    expect(await one.find('tenant:a')).toBe('theirs');
    await handIn(one);
    expect(await one.find('tenant:a')).toBe('theirs');
    expect(world.writes).toEqual([]);
  });

  test('is handed in once, however many ask meanwhile, and again after the next outage', async () => {
    const world = createWorld();
    const records = world.openProcess();
    for (const value of ['first', 'second']) {
      await keepHere(world, records, 'tenant:a', value);
      world.writes.length = 0;
      await Promise.all(Array.from({ length: 5 }, () => records.find('tenant:b')));
      await handIn(records);
      expect(world.writes).toHaveLength(1);
      expect(await world.openProcess().find('tenant:a')).toBe(value);
      world.nowMs += 1;
    }
  });

  test('is no longer there once it has ended', async () => {
    const world = createWorld();
    const records = world.openProcess();
    await keepHere(world, records, 'token:a', 'ours');
    expectAnotherMinute(world, records);
  });

  test('moves along where the store’s time turns out to be another; other records hold instants and do not', async () => {
    const world = createWorld();
    const records = world.openProcess();
    world.movedMs = 7 * MINUTE;
    await keepHere(world, records, 'token:a', 'ours');
    await keepHere(world, records, 'tenant:a', 'ours');
    world.movedMs += 10 * MINUTE;
    world.nowMs += 10 * MINUTE;
    expect(records.findUnsaved('tenant:a')).toBeUndefined();
    expectAnotherMinute(world, records);
  });

  test('is as new as it was written, by the time that the store tells', async () => {
    const world = createWorld();
    const [one, other] = [world.openProcess(), world.openProcess()];
    await keepHere(world, one, 'token:a', 'ours');
    world.movedMs = 10 * MINUTE;
    world.nowMs += 10 * MINUTE - 1;
    await other.keep('token:a', 'theirs', world.nowMs + MINUTE);
    expect(await one.find('token:a')).toBe('ours');
  });
});

describe('what is on its way', () => {
  test('is written once, whoever asks meanwhile, and the end of an older write leaves a newer value here', async () => {
    const world = createWorld();
    const records = world.openProcess();
    let releaseOlder = (): void => undefined;
    world.held = new Promise((resolve) => (releaseOlder = resolve));
    const older = records.keep('tenant:a', 'older', world.nowMs + MINUTE);
    await waitUntil(() => expect(world.writes).toHaveLength(1));
    let releaseNewer = (): void => undefined;
    world.held = new Promise((resolve) => (releaseNewer = resolve));
    world.nowMs += 1;
    const newer = records.keep('tenant:a', 'newer', world.nowMs + MINUTE);
    await waitUntil(() => expect(world.writes).toHaveLength(2));

    releaseOlder();
    await older;
    expect(await records.find('tenant:a')).toBe('newer');
    expect(world.reads, 'nothing is handed in that is on its way').toBe(1);
    releaseNewer();
    await newer;
    expect(records.findUnsaved('tenant:a')).toBeUndefined();
    expect(await records.find('tenant:a')).toBe('newer');
    expect(world.writes).toHaveLength(2);
  });

  test('is kept for as long as it has, and not at all once it has ended', async () => {
    const world = createWorld();
    const records = world.openProcess();
    await records.keep('tenant:a', 1, world.nowMs + 1);
    await records.keep('tenant:b', 2, world.nowMs + 1_234);
    await records.keep('tenant:c', 3, world.nowMs);
    expect(world.writes).toEqual([
      { key: 'tenant:a', ttlMs: 1 },
      { key: 'tenant:b', ttlMs: 1_234 },
    ]);
    expect(world.faults).toEqual([]);
  });
});

describe('what a store answers', () => {
  test('is opened once, for as long as it is the same text', async () => {
    const world = createWorld();
    const open = vi.spyOn(world.sealer, 'open');
    const records = world.openProcess();
    await records.keep('tenant:a', 'value', world.nowMs + MINUTE);
    for (let n = 0; n < 3; n++) expect(await records.find('tenant:a')).toBe('value');
    expect(open).toHaveBeenCalledTimes(1);
  });

  test('may be null for nothing', async () => {
    const world = createWorld();
    world.kept.set('tenant:a', null as unknown as string);
    expect(await world.openProcess().find('tenant:a')).toBeUndefined();
    expect(world.faults).toEqual([]);
  });

  test.each([
    ['throws at once', (): never => thrown(), 'locked'],
    ['rejects', () => Promise.reject(new Error('locked')), 'locked'],
    ['never comes', () => new Promise<never>(() => undefined), 'timeout'],
  ])('is no "not found" where it %s: that is reported, and told', async (_how, get, message) => {
    const onFault = vi.fn();
    const { sealer } = createWorld();
    const records = createSealedRecords({
      store: { get, set: () => true, delete: () => true },
      sealer,
      clock: { now: () => 0, earliest: () => 0, movedMs: () => 0, sync: () => undefined },
      onFault,
      timeoutMs: 1,
    });
    await expect((async () => records.find('token:a'))()).rejects.toMatchObject({
      message: expect.stringContaining(message) as string,
    });
    expect(onFault).toHaveBeenCalledTimes(1);
    expect(await records.findAnyhow('token:a')).toBeUndefined();
  });
});

function thrown(): never {
  throw new Error('locked');
}
