/**
 * Plays many days of an ordinary user on one engine, judged at every second, and ten thousand refreshes on another.
 *
 *   npm run soak -- [--days N] [--seed S] [--refreshes N] [--reuse never|half|long]
 *
 * `--reuse`: whether the judged backend hands out a kept token while that much of its life is left.
 * It prints one table and fails where a bound is passed. The same seed plays the same days again.
 */
import { parseArgs } from 'node:util';
import { createEnginePage } from '../tests/model/enginePage';
import { createModelStats } from '../tests/model/oracle';
import { runScenario } from '../tests/model/runScenario';
import type { ServerConfig } from '../tests/model/scenario';
import { soakDays, soakRefreshes, type SoakResult } from '../tests/model/soak';
import { SOAK_BOUNDS } from '../tests/model/soakBounds';
import { createDays } from '../tests/model/soakDays';
import { createSoakScenario } from '../tests/model/soakScenario';

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    refreshes: { type: 'string', default: '10000' },
    reuse: { type: 'string', default: 'never' },
    seed: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const days = createDays(Number(values.days), seed);
const started = performance.now();
const faults: string[] = [];

/** A row for people; what is beyond its bound is noted. */
function createRow(name: 'days' | 'refreshes', result: SoakResult): Record<string, string | number> {
  const { requestsPerDay, mostRequestsInAMinute, mostTimersAtRest, listenersFirst, listenersLast } = result;
  const { timersLeft, statusLast, heapGrowthBytes } = result;
  const expectThat = (holds: boolean, what: string): void => void (holds || faults.push(`${name}: ${what}`));
  expectThat(mostRequestsInAMinute <= SOAK_BOUNDS.requestsInAMinute, 'a storm');
  expectThat(mostTimersAtRest === 1, `${mostTimersAtRest} timers at rest`);
  expectThat(timersLeft === 0, 'a timer runs after the end');
  expectThat(listenersFirst === listenersLast, 'listeners are left');
  expectThat(statusLast === 'ready', `it ends ${statusLast}`);
  expectThat(heapGrowthBytes < SOAK_BOUNDS.heapGrowthBytes[name], 'the heap grows');
  return {
    requests: requestsPerDay.reduce((sum, count) => sum + count, 0),
    'most a day': Math.max(...requestsPerDay),
    'most a minute': mostRequestsInAMinute,
    'timers at rest': mostTimersAtRest,
    'listeners first → last': `${listenersFirst} → ${listenersLast}`,
    'heap growth, kB': Math.round(heapGrowthBytes / 1_024),
    ended: statusLast,
  };
}

const lived = await soakDays(days, seed);
if (lived.requestsPerDay.some((count) => count > SOAK_BOUNDS.requestsADay)) faults.push('too many requests in a day');
const refreshed = await soakRefreshes(Number(values.refreshes), seed);
const stats = createModelStats();
try {
  await runScenario(createSoakScenario(days, seed, values.reuse as ServerConfig['reuse']), {
    stats,
    createPage: createEnginePage,
  });
} catch (fault) {
  faults.push(`judged days: ${String(fault)}`);
}

console.table({
  [`${values.days} days`]: createRow('days', lived),
  [`${values.refreshes} refreshes`]: createRow('refreshes', refreshed),
});
console.log('requests per day', lived.requestsPerDay.join(' '));
console.log({ seed, judged: stats, took: ((performance.now() - started) / 1_000).toFixed(1) });
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);
