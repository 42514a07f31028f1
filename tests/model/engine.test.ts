import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countRuns } from '../setup/shareOfSweep';
import { createEnginePage } from './enginePage';
import { BOUNDS, createModelStats } from './oracle';
import { runScenario } from './runScenario';
import { scenarios } from './scenario';

const LIVES = countRuns(1_000);

it(`the engine shows no dead and no foreign token, makes no storm and always recovers, in ${LIVES} random lives`, async () => {
  const stats = createModelStats();
  await fc.assert(
    fc.asyncProperty(scenarios(30), (scenario) => runScenario(scenario, { stats, createPage: createEnginePage })),
    { numRuns: LIVES, seed: 20 },
  );
  expect(stats.mostAttemptsInAMinute).toBeLessThanOrEqual(BOUNDS.attemptsInAMinute);
  expect(stats.slowestRecoveryMs).toBeLessThanOrEqual(BOUNDS.recoveryMs);
}, 120_000);
