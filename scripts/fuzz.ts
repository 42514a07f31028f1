/**
 * Plays random lives of a token and judges every second of them.
 *
 *   npm run fuzz -- [--on engine|tree] [--runs N] [--seed S] [--path P] [--commands N] [--trace]
 *
 * `engine` is the engine alone, `tree` a rendered page. A failure prints its seed, its path and the smallest life that
 * shows it; `--seed` and `--path` play that one again, and with `--trace` it tells what the engine told its app.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import type { UpsolveTenantEvent } from '../src/core/events';
import { createEnginePage } from '../tests/model/enginePage';
import type { CreatePage } from '../tests/model/modelRun';
import { createModelStats } from '../tests/model/oracle';
import { runScenario, type RunParts } from '../tests/model/runScenario';
import { scenarios } from '../tests/model/scenario';
import { openJsdomPage } from './openJsdomPage';

const { values } = parseArgs({
  options: {
    on: { type: 'string', default: 'engine' },
    runs: { type: 'string', default: '1000' },
    commands: { type: 'string', default: '30' },
    seed: { type: 'string' },
    path: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
});
const numRuns = values.trace ? 1 : Number(values.runs);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const started = performance.now();

async function loadTree(): Promise<Omit<RunParts, 'stats'>> {
  openJsdomPage();
  const { createTreePage, aroundWork } = await import('../tests/model/treePage');
  return { createPage: createTreePage, around: aroundWork };
}

/** By the page's own clock. */
function trace(createPage: CreatePage): CreatePage {
  return (parts) => {
    const onEvent = (event: UpsolveTenantEvent): void => {
      console.log(new Date(parts.clock.now()).toISOString(), JSON.stringify(event));
      parts.options.onEvent?.(event);
    };
    return createPage({ ...parts, options: { ...parts.options, onEvent } });
  };
}

const isTree = values.on === 'tree';
const { createPage, ...around } = isTree ? await loadTree() : { createPage: createEnginePage };
const page = { ...around, createPage: values.trace ? trace(createPage) : createPage };
const stats = createModelStats();
const result = await fc.check(
  fc.asyncProperty(scenarios(Number(values.commands)), (scenario) =>
    runScenario(isTree ? { ...scenario, isRead: false } : scenario, { stats, ...page }),
  ),
  { numRuns, seed, endOnFailure: values.trace, ...(values.path !== undefined && { path: values.path }) },
);
const took = ((performance.now() - started) / 1_000).toFixed(1);
if (result.failed) {
  console.error(fc.defaultReportMessage(result));
  console.error((result.errorInstance as Error).stack);
  process.exitCode = 1;
}
console.log({ on: values.on, ...stats, seed, took });
process.exit();
