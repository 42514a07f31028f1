import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FakeUpsolve, startFakeUpsolve } from './fixtures/fakeUpsolve';
import { sampleApiKey, sampleEncryptionKey } from './fixtures/sampleKeys';
import { type Backend, startBackend } from './fixtures/startBackend';

const { TEST_POSTGRES_URL: url } = process.env;
const TENANTS = ['acme', 'globex', 'initech', 'umbrella', 'hooli'];
const AHEAD_MS = [0, 600_000, -600_000];

/** What was found wrong with the answers, in a line each. */
interface Tally {
  readonly wrong: string[];
  readonly handedOut: Map<string, string>;
  asked: number;
}

/** Asks one process for one tenant's token, judges it, and asks another process what it may do. */
async function ask(n: number, backends: readonly Backend[], tally: Tally): Promise<void> {
  const tenant = TENANTS[n % TENANTS.length]!;
  const path = n % 7 === 0 ? '/tenant/refresh-token' : '/tenant/register';
  const answer = await backends[n % 3]!.ask(path, tenant);
  tally.asked += 1;
  const nowMs = Date.now();
  // Its process was killed meanwhile.
  if (!answer) return;
  if (answer.status !== 200) return void tally.wrong.push(`${answer.status} ${answer.text}`);
  const { token, tenantId, expiresAt, expiresIn } = answer.body;
  const { exp, data } = JSON.parse(atob(token.split('.')[1]!)) as { exp: number; data: { displayName: string } };
  if (tenantId !== tenant || data.displayName !== tenant) tally.wrong.push(`foreign: ${tenantId} for ${tenant}`);
  if (Date.parse(expiresAt) > exp * 1_000) tally.wrong.push(`expiresAt overstated: ${expiresAt}`);
  // Asked before nowMs, so that an answer on its way may say more than is left by now, and never more than at the start.
  if (expiresIn * 1_000 > exp * 1_000 - startOf.get(n)!) tally.wrong.push(`expiresIn overstated: ${expiresIn}`);
  if (exp * 1_000 < nowMs) tally.wrong.push('dead');
  tally.handedOut.set(token, tenant);
  const known = await backends[(n + 1 + (n % 2)) % 3]!.ask('/permissions/tenant-settings/', tenant, token);
  if (known && known.status !== 200) tally.wrong.push(`unknown: ${known.status}`);
}
const startOf = new Map<number, number>();

async function startProcesses(
  upsolve: FakeUpsolve,
): Promise<{ backends: Backend[]; restart(n: number): Promise<void> }> {
  const table = `processes_${randomBytes(6).toString('hex')}`;
  const admin = new Pool({ connectionString: url });
  onTestFinished(async () => {
    await admin.query(`DROP TABLE IF EXISTS ${table}`);
    await admin.end();
  });
  const env = {
    UPSOLVE_API_KEY: sampleApiKey(),
    UPSOLVE_URL: upsolve.url,
    DATABASE: url!,
    TABLE: table,
    ENCRYPTION_KEY: sampleEncryptionKey(),
  };
  const start = (n: number): Promise<Backend> => startBackend({ ...env, CLOCK_AHEAD_MS: String(AHEAD_MS[n]) });
  const backends = await Promise.all(AHEAD_MS.map((_ms, n) => start(n)));
  return {
    backends,
    async restart(n) {
      await backends[n]!.kill();
      backends[n] = await start(n);
    },
  };
}

describe.runIf(url)('three processes on one PostgreSQL', () => {
  test('whose clocks are ten minutes apart and that are killed under load hand out no foreign, unknown or overstated token', async () => {
    const upsolve = await startFakeUpsolve();
    const { backends, restart } = await startProcesses(upsolve);
    const tally: Tally = { wrong: [], handedOut: new Map(), asked: 0 };
    let n = 0;
    let isOver = false;
    let passed = { asked: Number.POSITIVE_INFINITY, resolve: (): void => undefined };
    const load = async (): Promise<void> => {
      while (!isOver) {
        const mine = n++;
        startOf.set(mine, Date.now());
        await ask(mine, backends, tally);
        if (tally.asked >= passed.asked) passed.resolve();
      }
    };
    const loads = Array.from({ length: 12 }, load);
    for (const victim of [0, 1, 2, 1]) {
      await new Promise<void>((resolve) => (passed = { asked: tally.asked + 60, resolve }));
      await restart(victim);
    }
    isOver = true;
    await Promise.all(loads);

    for (const [token, tenant] of [...tally.handedOut].slice(-20)) {
      for (const backend of backends) {
        const known = await backend.ask('/permissions/tenant-settings/', tenant, token);
        if (known?.status !== 200) tally.wrong.push(`unknown in the end: ${known?.status}`);
      }
    }
    expect(tally.wrong).toEqual([]);
    expect(tally.handedOut.size).toBeGreaterThan(10);
    expect(backends.flatMap(({ faults }) => faults)).toEqual([]);
  });
});
