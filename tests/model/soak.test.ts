import { expect, it } from 'vitest';
import { createEnginePage } from './enginePage';
import { createModelStats } from './oracle';
import { runScenario } from './runScenario';
import { soakDays, soakRefreshes } from './soak';
import { createDays } from './soakDays';
import { createSoakScenario } from './soakScenario';
import { SOAK_BOUNDS } from './soakBounds';

const SEED = 20;

it('three ordinary days cost few requests, and leave no timer, no listener and no heap behind', async () => {
  const result = await soakDays(createDays(3, SEED), SEED);
  expect(result).toMatchObject({ mostTimersAtRest: 1, timersLeft: 0, statusLast: 'ready' });
  expect(result.listenersLast).toBe(result.listenersFirst);
  expect(Math.max(...result.requestsPerDay)).toBeLessThanOrEqual(SOAK_BOUNDS.requestsADay);
  expect(Math.min(...result.requestsPerDay.slice(0, 3))).toBeGreaterThan(10);
  expect(result.mostRequestsInAMinute).toBeLessThanOrEqual(SOAK_BOUNDS.requestsInAMinute);
  expect(result.heapGrowthBytes).toBeLessThan(SOAK_BOUNDS.heapGrowthBytes.days);
}, 60_000);

it('an ordinary day shows no dead and no foreign token, makes no storm and always recovers', async () => {
  const stats = createModelStats();
  const scenario = createSoakScenario(createDays(1, SEED), SEED);
  await runScenario(scenario, { stats, createPage: createEnginePage });
  expect(stats.seconds).toBeGreaterThan(20_000);
}, 60_000);

it('a thousand refreshes leave the heap as it was', async () => {
  const result = await soakRefreshes(1_000, SEED);
  expect(result).toMatchObject({ mostTimersAtRest: 1, timersLeft: 0, statusLast: 'ready' });
  expect(result.listenersLast).toBe(result.listenersFirst);
  expect(result.heapGrowthBytes).toBeLessThan(SOAK_BOUNDS.heapGrowthBytes.refreshes);
}, 60_000);
