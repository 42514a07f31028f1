/**
 * Plays random lives of a token and judges every second of them.
 *
 *   npm run fuzz -- [--runs N] [--seed S] [--path P] [--commands N]
 *
 * A failure prints its seed, its path and the smallest life that shows it; `--seed` and `--path` play that one again.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createEnginePage } from '../tests/model/enginePage';
import { createModelStats } from '../tests/model/oracle';
import { runScenario } from '../tests/model/runScenario';
import { scenarios } from '../tests/model/scenario';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    commands: { type: 'string', default: '30' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
});
const numRuns = Number(values.runs);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const started = performance.now();

const stats = createModelStats();
const result = await fc.check(
  fc.asyncProperty(scenarios(Number(values.commands)), (scenario) =>
    runScenario(scenario, { stats, createPage: createEnginePage }),
  ),
  { numRuns, seed, ...(values.path !== undefined && { path: values.path }) },
);
const took = ((performance.now() - started) / 1_000).toFixed(1);
if (result.failed) {
  console.error(fc.defaultReportMessage(result));
  console.error((result.errorInstance as Error).stack);
  process.exitCode = 1;
}
console.log({ ...stats, seed, took });
process.exit();
