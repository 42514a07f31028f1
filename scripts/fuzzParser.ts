/**
 * Answers in every shape and every state of decay → what the page makes of them, judged by the rules said a second time.
 *
 *   npm run fuzz:parser -- [--runs N] [--seed S] [--path P]
 *
 * A failure prints its seed, its path and the smallest answers that show it; `--seed` and `--path` give them again.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createParserProperty, createParserStats } from '../tests/model/parserFuzz';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
});
const numRuns = Number(values.runs);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const started = performance.now();

const stats = createParserStats();
const result = await fc.check(createParserProperty(stats), {
  numRuns,
  seed,
  ...(values.path !== undefined && { path: values.path }),
});
const took = ((performance.now() - started) / 1_000).toFixed(1);
if (result.failed) {
  console.error(fc.defaultReportMessage(result));
  console.error((result.errorInstance as Error).stack);
  process.exitCode = 1;
}
console.log({ runs: result.numRuns, ...stats, seed, took });
