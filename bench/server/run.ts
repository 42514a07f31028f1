import autocannon from 'autocannon';
import { BENCH_STORES } from './benchStores';
import { type BenchBackend, type Side, startBackend } from './startBackend';

/**
 * How many answers a second one backend process gives on this machine, and how long the slowest hundredth takes, by
 * store, for one tenant and for a thousand, beside an app that does nothing but answer. Upsolve is a stand-in on
 * loopback. Who loads, who answers and Upsolve have a thread each.
 *
 * BENCH_SECONDS: how long each line runs. @default 3
 */
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const CONNECTIONS = 50;
const MANY = 1_000;

type Load = 'register' | 'refresh' | 'permissions';
const PATHS: Readonly<Record<Load, string>> = {
  register: '/upsolve/tenant/register',
  refresh: '/upsolve/tenant/refresh-token',
  permissions: '/upsolve/permissions/tenant-settings/',
};

interface Row {
  who: Side;
  what: string;
  tenants: number;
  'requests/s': number;
  '× bare': string;
  'p50 ms': number;
  'p99 ms': number;
  'not 2xx': number;
  'Upsolve calls': number;
  faults: number;
}

const rows: Row[] = [];
let bare = 0;

async function measure(who: Side, backend: BenchBackend, what: Load, tenants: number): Promise<void> {
  const tokens = await warm(backend, tenants);
  let turn = 0;
  const requests = Array.from({ length: tenants }, (_, index) => ({
    method: what === 'permissions' ? ('GET' as const) : ('POST' as const),
    path: PATHS[what],
    headers: { 'x-tenant': `tenant-${index}`, authorization: `Bearer ${tokens[index]}` },
  }));
  // Every connection goes through all tenants, each from where the one before began.
  const load = {
    url: backend.url,
    connections: CONNECTIONS,
    requests,
    setupClient(client: autocannon.Client) {
      const first = (turn += Math.floor(tenants / CONNECTIONS)) % tenants;
      client.setRequests([...requests.slice(first), ...requests.slice(0, first)]);
    },
  };
  await autocannon({ ...load, duration: 1 });
  await backend.takeCounts();
  const result = await autocannon({ ...load, duration: seconds });
  const { upsolveCalls, faults } = await backend.takeCounts();
  const perSecond = Math.round(result.requests.average);
  if (who === 'bare Hono') bare = perSecond;
  rows.push({
    who,
    what,
    tenants,
    'requests/s': perSecond,
    '× bare': (perSecond / bare).toFixed(2),
    'p50 ms': result.latency.p50,
    'p99 ms': result.latency.p99,
    'not 2xx': result.non2xx + result.errors,
    'Upsolve calls': upsolveCalls,
    faults,
  });
}

/** A token of each tenant, so that each has one on record. */
async function warm(backend: BenchBackend, tenants: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let index = 0; index < tenants; index++) {
    const headers = { 'x-tenant': `tenant-${index}` };
    const response = await fetch(`${backend.url}${PATHS.register}`, { method: 'POST', headers });
    tokens.push(((await response.json()) as { token: string }).token);
  }
  return tokens;
}

for (const who of ['bare Hono', 'bare Hono, one upstream call', ...BENCH_STORES] as const) {
  const backend = await startBackend(who);
  const isBare = who.startsWith('bare');
  for (const tenants of isBare ? [1] : [1, MANY]) {
    for (const what of isBare ? (['register'] as const) : (['register', 'refresh', 'permissions'] as const)) {
      await measure(who, backend, what, tenants);
    }
  }
  await backend.close();
}
console.log(`One process, ${CONNECTIONS} connections, ${seconds} s each, load generator on the same machine.`);
console.table(rows);
if (rows.some((row) => row['not 2xx'] > 0)) {
  console.error('Some answers were no success.');
  process.exitCode = 1;
}
