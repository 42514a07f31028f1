import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEnginePage } from './enginePage';
import { createModelStats } from './oracle';
import { runScenario } from './runScenario';
import { scenarios } from './scenario';

it('random lives show no other tenant and no expired token, send no storm, and always recover', async () => {
  const stats = createModelStats();
  await fc.assert(
    fc.asyncProperty(scenarios(30), (scenario) => runScenario(scenario, { stats, createPage: createEnginePage })),
    { numRuns: 60, seed: 1 },
  );
  expect(stats.runs).toBe(60);
  expect(stats.mostRequestsInAMinute).toBeLessThanOrEqual(13);
}, 120_000);
