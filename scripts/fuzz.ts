/**
 * Plays random lives of a token and judges every second of them.
 *
 *   npm run fuzz -- [--on engine|tree] [--runs N] [--seed S] [--path P] [--commands N]
 *
 * `engine` is the engine alone, `tree` a rendered page. A failure prints its seed, its path and the smallest life that
 * shows it; `--seed` and `--path` play that one again.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createEnginePage } from '../tests/model/enginePage';
import { createModelStats } from '../tests/model/oracle';
import { runScenario, type RunParts } from '../tests/model/runScenario';
import { scenarios } from '../tests/model/scenario';

const { values } = parseArgs({
  options: {
    on: { type: 'string', default: 'engine' },
    runs: { type: 'string', default: '1000' },
    commands: { type: 'string', default: '30' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
});
const numRuns = Number(values.runs);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const started = performance.now();

/** React looks for a page when it is imported, so the page comes first. */
async function loadTree(): Promise<Pick<RunParts, 'createPage' | 'around'>> {
  const { JSDOM } = await import('jsdom');
  const { window } = new JSDOM('<!doctype html>', { url: 'https://app.test/', pretendToBeVisual: true });
  for (const name of ['window', 'document', 'navigator', 'HTMLElement', 'HTMLIFrameElement', 'Node', 'Event']) {
    Object.defineProperty(globalThis, name, { configurable: true, value: window[name as 'Event'] });
  }
  const { createTreePage, aroundWork } = await import('../tests/model/treePage');
  return { createPage: createTreePage, around: aroundWork };
}

const isTree = values.on === 'tree';
const page = isTree ? await loadTree() : { createPage: createEnginePage };
const stats = createModelStats();
const result = await fc.check(
  fc.asyncProperty(scenarios(Number(values.commands)), (scenario) =>
    runScenario(isTree ? { ...scenario, isRead: false } : scenario, { stats, ...page }),
  ),
  { numRuns, seed, ...(values.path !== undefined && { path: values.path }) },
);
const took = ((performance.now() - started) / 1_000).toFixed(1);
if (result.failed) {
  console.error(fc.defaultReportMessage(result));
  console.error((result.errorInstance as Error).stack);
  process.exitCode = 1;
}
console.log({ on: values.on, ...stats, seed, took });
process.exit();
