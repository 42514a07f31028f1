import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countRuns } from '../setup/shareOfSweep';
import { createParserProperty, createParserStats } from './parserFuzz';

const ANSWERS = countRuns(10_000);

it(`whatever a backend answers is taken by the rules or refused with an error that tells nothing of it, ${ANSWERS} times`, async () => {
  const stats = createParserStats();
  // One to three answers in a row, each to a page with a memory of its own.
  await fc.assert(createParserProperty(stats), { numRuns: countRuns(5_500), seed: 20 });

  // A fuzz that is nearly always refused, or never, would prove nothing.
  const share = (count: number): number => count / stats.answers;
  expect(stats.answers).toBeGreaterThanOrEqual(ANSWERS);
  expect(share(stats.accepted)).toBeGreaterThan(0.15);
  expect(share(stats.refused)).toBeGreaterThan(0.3);
  expect(share(stats.dead)).toBeGreaterThan(0.05);
  expect(share(stats.failed)).toBeGreaterThan(0.03);
  expect(share(stats.unchanged)).toBeGreaterThan(0.01);
}, 60_000);
