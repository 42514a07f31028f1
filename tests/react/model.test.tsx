import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BOUNDS, createModelStats } from '../model/oracle';
import { runScenario } from '../model/runScenario';
import { scenarios } from '../model/scenario';
import { aroundWork, createTreePage } from '../model/treePage';
import { countRuns } from '../setup/shareOfSweep';

const LIVES = countRuns(100);

it(`the rendered page shows no dead and no foreign token, makes no storm and always recovers, in ${LIVES} random lives`, async () => {
  const stats = createModelStats();
  await fc.assert(
    fc.asyncProperty(scenarios(20), (scenario) =>
      runScenario({ ...scenario, isRead: false }, { stats, createPage: createTreePage, around: aroundWork }),
    ),
    { numRuns: LIVES, seed: 20 },
  );
  expect(stats.mostAttemptsInAMinute).toBeLessThanOrEqual(BOUNDS.attemptsInAMinute);
  expect(stats.slowestRecoveryMs).toBeLessThanOrEqual(BOUNDS.recoveryMs);
}, 120_000);
