import autocannon from 'autocannon';
import { createBenchStores } from './benchStores';
import { startBackend } from './startBackend';

/**
 * How many answers a second one backend process gives on this machine, and how long the slowest hundredth takes, by
 * store. Upsolve is a stand-in on loopback, so what is measured is ours: HTTP, store, encryption.
 *
 * BENCH_SECONDS: how long each line runs. @default 3
 */
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const CONNECTIONS = 50;

interface Row {
  store: string;
  what: string;
  'requests/s': number;
  'p50 ms': number;
  'p99 ms': number;
  'not 2xx': number;
  'Upsolve calls': number;
  faults: number;
}

const rows: Row[] = [];
for (const { name, store, close } of createBenchStores()) {
  const backend = await startBackend(store);
  const { token } = await backend.register();
  const whats = {
    'register, kept token': { method: 'POST', path: '/upsolve/tenant/register', headers: {} },
    permissions: {
      method: 'GET',
      path: '/upsolve/permissions/tenant-settings/',
      headers: { authorization: `Bearer ${token}` },
    },
  } as const;
  for (const [what, { method, path, headers }] of Object.entries(whats)) {
    const load = { url: `${backend.url}${path}`, method, headers, connections: CONNECTIONS };
    await autocannon({ ...load, duration: 1 });
    const calls = backend.upsolveCalls();
    const result = await autocannon({ ...load, duration: seconds });
    rows.push({
      store: name,
      what,
      'requests/s': Math.round(result.requests.average),
      'p50 ms': result.latency.p50,
      'p99 ms': result.latency.p99,
      'not 2xx': result.non2xx + result.errors,
      'Upsolve calls': backend.upsolveCalls() - calls,
      faults: backend.faults(),
    });
  }
  await backend.close();
  await close();
}
console.log(`One process, ${CONNECTIONS} connections, ${seconds} s each, load generator on the same machine.`);
console.table(rows);
if (rows.some((row) => row['not 2xx'] > 0)) {
  console.error('Some answers were no success.');
  process.exitCode = 1;
}
