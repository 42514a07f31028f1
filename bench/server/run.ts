import { createBenchStores } from './benchStores';
import { type Load, sendLoad } from './sendLoad';
import { startBackend } from './startBackend';
import { startUpsolve } from './startUpsolve';

/**
 * What one backend process pays for an answer, by store and by number of tenants, beside what Hono alone pays: for the same
 * answer, and for the same after one call of Upsolve. The load and Upsolve are processes of their own, so what is measured
 * is HTTP, store and encryption. A busy machine gives fewer answers a second; what an answer costs changes less.
 *
 * BENCH_SECONDS: how long each line runs. @default 3
 */
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
/** Long enough for a store to have opened its connections, and for the code to have been compiled. */
const WARM_UP_SECONDS = 2;
const TENANTS = [1, 1_000];
const BODY = '{"region":"eu"}';

const upsolve = await startUpsolve();
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
      refresh: { path: '/upsolve/tenant/refresh-token', body: BODY },
      permissions: { path: '/upsolve/permissions/tenant-settings/', headers: bearer },
    };
    let bareCpuMicros = 0;
    for (const [what, load] of Object.entries(loads)) {
      await sendLoad(backend.url, load, WARM_UP_SECONDS);
      const calls = await upsolve.countCalls();
      const before = process.cpuUsage();
      const { requestsPerSecond, total, p50Ms, p99Ms, failures } = await sendLoad(backend.url, load, seconds);
      const { user, system } = process.cpuUsage(before);
      const cpuMicros = (user + system) / total;
      bareCpuMicros ||= cpuMicros;
      hasFailed ||= failures > 0;
      rows.push({
        store: name,
        tenants,
        what,
        'requests/s': Math.round(requestsPerSecond),
        'CPU µs': Math.round(cpuMicros),
        'bare Hono ÷ this': Math.round((bareCpuMicros / cpuMicros) * 100) / 100,
        'p50 ms': p50Ms,
        'p99 ms': p99Ms,
        'not 2xx': failures,
        'Upsolve calls': (await upsolve.countCalls()) - calls,
        faults: backend.countFaults(),
      });
    }
  }
  await backend.close();
  await close();
}
upsolve.close();
console.table(rows);
if (hasFailed) {
  console.error('Some answers were no success.');
  process.exitCode = 1;
}
