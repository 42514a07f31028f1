import { createBenchStores } from './benchStores';
import { type Load, type LoadResult, sendLoad } from './sendLoad';
import { startBackend } from './startBackend';
import { startUpsolve } from './startUpsolve';

/**
 * What one backend process pays for an answer, by store and by number of tenants, beside what Hono alone pays: for the same
 * answer, and for the same after one call of Upsolve. The load and Upsolve are processes of their own, so what is measured
 * is HTTP, store and encryption. The lines take turns, so that a busy moment of the machine meets them all; each figure is
 * the median of its rounds.
 *
 * BENCH_ROUNDS: how often each line runs for a second, once it is warm. @default 5
 */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const SECONDS = 1;
/** Long enough for a store to have opened its connections, and for the code to have been compiled. */
const WARM_UP_SECONDS = 2;
const TENANTS = [1, 1_000];
const BODY = '{"region":"eu"}';

interface Round extends LoadResult {
  readonly cpuMicros: number;
  readonly upsolveCalls: number;
}

const upsolve = await startUpsolve();

async function run(url: string, load: Load): Promise<Round> {
  const calls = await upsolve.countCalls();
  const before = process.cpuUsage();
  const result = await sendLoad(url, load, SECONDS);
  const { user, system } = process.cpuUsage(before);
  return { ...result, cpuMicros: (user + system) / result.total, upsolveCalls: (await upsolve.countCalls()) - calls };
}

const rate = ({ requestsPerSecond }: Round): number => requestsPerSecond;

function median(rounds: readonly Round[], figure: (round: Round) => number): number {
  const figures = rounds.map(figure).sort((a, b) => a - b);
  return figures[Math.floor(figures.length / 2)] ?? Number.NaN;
}

const rows: Record<string, string | number>[] = [];
let hasFailed = false;
for (const { name, store, close } of createBenchStores()) {
  const backend = await startBackend(store, upsolve.url);
  for (const tenants of TENANTS) {
    backend.tenants = tenants;
    for (let index = 0; index < tenants; index++) await backend.register(`tenant-${index}`);
    const { token } = await backend.register('tenant-0');
    const bearer = { authorization: `Bearer ${token}`, 'x-tenant': 'tenant-0' };
    const loads: Record<string, Load> = {
      'bare Hono': { path: '/bare', body: BODY },
      'bare Hono, one call of Upsolve': { path: '/bare/upstream', body: BODY },
      'register, kept token': { path: '/upsolve/tenant/register', body: BODY },
      permissions: { path: '/upsolve/permissions/tenant-settings/', headers: bearer },
    };
    const rounds = new Map(Object.keys(loads).map((what) => [what, [] as Round[]]));
    for (const load of Object.values(loads)) await sendLoad(backend.url, load, WARM_UP_SECONDS);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [what, load] of Object.entries(loads)) rounds.get(what)?.push(await run(backend.url, load));
    }
    // The last: of one tenant the newest 32 tokens are known, and this makes hundreds.
    const refresh: Load = { path: '/upsolve/tenant/refresh-token', body: BODY };
    await sendLoad(backend.url, refresh, WARM_UP_SECONDS);
    rounds.set('refresh', []);
    for (let round = 0; round < ROUNDS; round++) rounds.get('refresh')?.push(await run(backend.url, refresh));

    const bare = rounds.get('bare Hono') ?? [];
    for (const [what, ran] of rounds) {
      const failures = ran.reduce((sum, round) => sum + round.failures, 0);
      hasFailed ||= failures > 0;
      rows.push({
        store: name,
        tenants,
        what,
        'requests/s': Math.round(median(ran, rate)),
        'of bare Hono': Math.round((median(ran, rate) / median(bare, rate)) * 100) / 100,
        'CPU µs': Math.round(median(ran, ({ cpuMicros }) => cpuMicros)),
        'p50 ms': median(ran, ({ p50Ms }) => p50Ms),
        'p99 ms': median(ran, ({ p99Ms }) => p99Ms),
        'not 2xx': failures,
        'Upsolve calls': ran.reduce((sum, round) => sum + round.upsolveCalls, 0),
        faults: backend.countFaults(),
      });
    }
  }
  await backend.close();
  await close();
}
upsolve.close();
console.table(rows);
if (hasFailed) console.error('Some answers were no success.');
// A token that was still on its way when the load ended may have opened a store once more.
process.exit(hasFailed ? 1 : 0);
