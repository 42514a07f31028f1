import { expect, it, vi } from 'vitest';
import {
  createEngineWorld,
  type EngineWorld,
  MINUTE,
  SECOND,
  settle,
  useFakeTime,
  type WorldOptions,
} from '../engineWorld';
import { fails } from '../tenantServer';

useFakeTime();

const PAGES = 1_000;

/** Chance that is the same in every run. */
function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function passUntil(world: EngineWorld, trueMs: number): Promise<void> {
  const rest = setTimeout(() => undefined, trueMs - world.trueNow());
  while (world.trueNow() < trueMs) {
    vi.advanceTimersToNextTimer();
    if (world.now().isRefreshing) await settle();
  }
  clearTimeout(rest);
}

/**
 * The requests of all pages in each second from the start. Pages know nothing of one another, so each lives through the
 * same time alone. `outage` is when the server fails, in ms from the start.
 */
async function watchCrowd(
  outage: [fromMs: number, toMs: number],
  untilMs: number,
  options: WorldOptions,
): Promise<number[]> {
  const perSecond = Array.from({ length: Math.ceil(untilMs / SECOND) + 1 }, () => 0);
  for (let page = 0; page < PAGES; page += 1) {
    const world = createEngineWorld({ random: createChance(page * 7_919 + 1), ...options });
    const startMs = world.trueNow();
    const isDown = (): boolean => world.trueNow() >= startMs + outage[0] && world.trueNow() < startMs + outage[1];
    world.server.always = (request) => (isDown() ? fails(503)(request) : world.server.good(request));
    world.engine.setVisible(false);
    await world.start();
    await passUntil(world, startMs + untilMs);
    expect(world.now().status).toBe('ready');
    for (const { atMs } of world.server.requests) perSecond[Math.floor((atMs - startMs) / SECOND)]! += 1;
    await world.start(null);
  }
  return perSecond;
}

it('lets 1,000 pages that were opened at once and meet one outage never share a second', async () => {
  const dueMs = 5 * MINUTE;
  const endMs = dueMs + 90 * SECOND;
  const perSecond = await watchCrowd([dueMs - SECOND, endMs], endMs + 31 * SECOND, {
    server: { lifetimeMs: 10 * MINUTE },
  });
  const outage = perSecond.slice(dueMs / SECOND - 1, endMs / SECOND);
  const all = outage.reduce((sum, count) => sum + count, 0);
  expect(all).toBeGreaterThan(5 * PAGES);
  expect(Math.max(...outage)).toBeLessThanOrEqual(0.15 * all);
  expect(Math.max(...perSecond.slice(endMs / SECOND)), 'nor the second in which it ends').toBeLessThanOrEqual(
    0.15 * PAGES,
  );
}, 60_000);
