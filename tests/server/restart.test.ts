import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { sampleApiKey, sampleEncryptionKey } from './fixtures/sampleKeys';
import { startBackend } from './fixtures/startBackend';

const TENANTS = ['acme', 'globex', 'initech'];

test(
  'a process killed in the middle of a write loses no token it handed out, and mixes none',
  { timeout: 120_000 },
  async () => {
    const upsolve = await startFakeUpsolve();
    const folder = await mkdtemp(join(tmpdir(), 'restart-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const env = {
      UPSOLVE_API_KEY: sampleApiKey(),
      UPSOLVE_URL: upsolve.url,
      DATABASE: join(folder, 'tenants.db'),
      ENCRYPTION_KEY: sampleEncryptionKey(),
    };
    const handedOut: { tenant: string; token: string }[] = [];
    const told: string[] = [];

    for (const write of [1, 2, 5, 8]) {
      const mortal = await startBackend({ ...env, DIE_AT_WRITE: String(write) });
      const answers = await Promise.all(
        TENANTS.map(async (tenant) => ({ tenant, answer: await mortal.ask('/tenant/refresh-token', tenant) })),
      );
      for (const { tenant, answer } of answers) {
        if (answer?.status === 200) handedOut.push({ tenant, token: answer.body.token });
      }
      told.push(...mortal.told);
      await mortal.kill();
    }

    const backend = await startBackend(env);
    const registered = upsolve.requests.length;
    for (const { tenant, token } of handedOut) {
      expect(await backend.ask('/permissions/tenant-settings/', tenant, token)).toMatchObject({
        status: 200,
        body: { readOnly: false },
      });
    }
    for (const tenant of TENANTS) {
      const answer = await backend.ask('/tenant/register', tenant);
      expect(answer).toMatchObject({ status: 200, body: { tenantId: tenant } });
      expect(atob(answer!.body.token.split('.')[1]!)).toContain(`"displayName":"${tenant}"`);
    }
    expect(handedOut.length).toBeGreaterThan(0);
    expect(upsolve.requests.length - registered).toBeLessThanOrEqual(TENANTS.length);
    // Told again only where the process died between telling and remembering.
    expect(backend.told.filter((tenant) => told.filter((other) => other === tenant).length > 1)).toEqual([]);
  },
);

test('two processes on one file serve each other’s tokens', { timeout: 120_000 }, async () => {
  const upsolve = await startFakeUpsolve();
  const folder = await mkdtemp(join(tmpdir(), 'restart-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const env = {
    UPSOLVE_API_KEY: sampleApiKey(),
    UPSOLVE_URL: upsolve.url,
    DATABASE: join(folder, 'tenants.db'),
    ENCRYPTION_KEY: sampleEncryptionKey(),
  };
  const backends = await Promise.all([startBackend(env), startBackend(env)]);

  const rounds = await Promise.all(
    Array.from({ length: 120 }, (_, n) => backends[n % 2]!.ask('/tenant/register', TENANTS[n % 3]!)),
  );

  expect(new Set(rounds.map((answer) => answer?.status))).toEqual(new Set([200]));
  expect(upsolve.requests.length).toBeLessThanOrEqual(backends.length * TENANTS.length);
  for (const answer of rounds) {
    for (const backend of backends) {
      const { token, tenantId } = answer!.body;
      expect((await backend.ask('/permissions/tenant-settings/', tenantId, token))?.status).toBe(200);
    }
  }
});
