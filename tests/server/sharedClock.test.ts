import type { SerializedTenant, TenantStore } from 'react-upsolve-tenant/server';
import { expect, test, vi } from 'vitest';
import { waitUntil } from '../setup/waitUntil';
import { acme, createTestHandler, pageRequest, type TestHandler } from './fixtures/createTestHandler';
import { createSharedStore, type SharedStore } from './fixtures/createSharedStore';
import { type FakeUpsolve, startFakeUpsolve } from './fixtures/fakeUpsolve';
import { sampleApiKey, sampleEncryptionKey } from './fixtures/sampleKeys';

const START = Date.parse('2030-01-01T00:00:00Z');
const MINUTE = 60_000;

interface Backend extends TestHandler {
  /** How far its own clock is from the true time. */
  aheadMs: number;
  register(): Promise<SerializedTenant>;
  refresh(): Promise<SerializedTenant>;
  settings(token: string): Promise<number>;
}

/** Processes on one store; its clock and Upsolve's are the true one. Monotonic time stands still but where a test moves it. */
async function start(): Promise<{
  shared: SharedStore;
  upsolve: FakeUpsolve;
  pass(ms: number): void;
  open(aheadMs: number, store?: TenantStore): Backend;
}> {
  vi.useFakeTimers({ toFake: ['performance'] });
  const shared = createSharedStore(START);
  const upsolve = await startFakeUpsolve();
  upsolve.now = () => shared.nowMs;
  const options = { upsolveUrl: upsolve.url, apiKey: sampleApiKey(), encryptionKeys: [sampleEncryptionKey()] as const };
  return {
    shared,
    upsolve,
    pass(ms) {
      shared.nowMs += ms;
      vi.advanceTimersByTime(ms);
    },
    open(aheadMs, store = shared.store) {
      const made = createTestHandler({ ...options, store, now: () => shared.nowMs + backend.aheadMs });
      const ask = async (path: string): Promise<SerializedTenant> =>
        (await (await made.handler(pageRequest(path))).json()) as SerializedTenant;
      const backend: Backend = {
        ...made,
        aheadMs,
        register: () => ask('/tenant/register'),
        refresh: () => ask('/tenant/refresh-token'),
        settings: async (token) => {
          const headers = { authorization: `Bearer ${token}` };
          return (await made.handler(pageRequest('/permissions/tenant-settings/', { method: 'GET', headers }))).status;
        },
      };
      return backend;
    },
  };
}

/** What a token really has left, by Upsolve's clock. */
function leftSeconds({ token }: SerializedTenant, nowMs: number): number {
  return (JSON.parse(atob(token.split('.')[1]!)) as { exp: number }).exp - nowMs / 1_000;
}

test('processes whose clocks are apart say of each other’s tokens what these have left, and know them to their end', async () => {
  const { shared, upsolve, pass, open } = await start();
  const backends = [0, 10 * MINUTE, -10 * MINUTE].map((aheadMs) => open(aheadMs));
  for (const minter of backends) {
    const minted = await minter.refresh();
    for (const reader of backends) {
      const read = await reader.register();
      expect(read).toMatchObject({ token: minted.token, expiresIn: 3_600 });
      expect(Date.parse(read.expiresAt)).toBe(shared.nowMs + 3_600_000);
      expect(Date.parse(read.serverTime)).toBe(shared.nowMs);
    }
    pass(29 * MINUTE);
    for (const reader of backends) {
      expect(await reader.register()).toMatchObject({ token: minted.token, expiresIn: 31 * 60 });
    }
    pass(31 * MINUTE - 1);
    for (const reader of backends) expect(await reader.settings(minted.token)).toBe(200);
    pass(1);
    for (const reader of backends) expect(await reader.settings(minted.token)).toBe(401);
  }
  expect(upsolve.requests).toHaveLength(3);
  expect(backends.flatMap(({ faults }) => faults())).toEqual([]);
});

test('a token is never said to have more left than it has, whatever part of a second it was minted in', async () => {
  const { shared, pass, open } = await start();
  const backends = [0, 3_000, -3_000, 10 * MINUTE].map((aheadMs) => open(aheadMs));
  for (let n = 0; n < 20; n++) {
    const minted = await backends[n % 4]!.refresh();
    for (const reader of backends) {
      const read = await reader.register();
      expect(read.token).toBe(minted.token);
      expect(read.expiresIn).toBeLessThanOrEqual(leftSeconds(read, shared.nowMs));
      expect(Date.parse(read.expiresAt) / 1_000).toBeLessThanOrEqual(leftSeconds(read, 0));
      pass(137);
    }
  }
});

test('the store’s time is asked for once a while, and at once where a clock was set or the machine slept', async () => {
  const { shared, pass, open } = await start();
  const backend = open(10 * MINUTE);
  const asked = (): number => shared.calls.filter((name) => name === 'now').length;
  await Promise.all(Array.from({ length: 50 }, () => backend.register()));
  expect(asked()).toBe(1);
  pass(29_000);
  await backend.register();
  expect(asked()).toBe(1);
  pass(31_001);
  await backend.register();
  expect(asked()).toBe(2);
  // Set back: only the store can tell, and monotonic time that a minute has passed.
  backend.aheadMs = -60 * MINUTE;
  pass(60_001);
  expect(await backend.register()).toMatchObject({ expiresIn: 3_600 - 120 - 1 });
  expect(asked()).toBe(3);
  // Set forward looks like a sleep.
  backend.aheadMs = 60 * MINUTE;
  expect(await backend.register()).toMatchObject({ expiresIn: 3_600 - 120 - 1 });
  expect(asked()).toBe(4);
  // A sleep that monotonic time doesn't see.
  shared.nowMs += 10 * MINUTE;
  expect(await backend.register()).toMatchObject({ expiresIn: 3_600 - 720 - 1 });
  expect(asked()).toBe(5);
});

test('a store that stops telling its time is reported, and the last known difference goes on', async () => {
  const { shared, pass, open } = await start();
  let tells: () => Promise<number> = () => shared.store.now();
  const backend = open(-10 * MINUTE, { ...shared.store, now: () => tells() });
  const { token } = await backend.register();
  for (const broken of [() => Promise.reject(new Error('no time')), () => Promise.resolve(Number.NaN)]) {
    tells = broken;
    const before = backend.faults().length;
    pass(61_000);
    const [first, second] = [await backend.register(), await backend.register()];
    expect(first.token).toBe(token);
    expect(second).toEqual(first);
    expect(first.expiresIn).toBe(Math.floor(leftSeconds(first, shared.nowMs)));
    expect(backend.faults()).toHaveLength(before + 1);
    expect(backend.faults().at(-1)).toMatchObject({ source: 'store' });
  }
});

test('until the store has told its time nothing is read from it or written to it, and tokens come from Upsolve', async () => {
  const { shared, pass, open } = await start();
  const other = open(0);
  const known = await other.register();
  const backend = open(10 * MINUTE);
  shared.before = () => Promise.reject(new Error('down'));
  shared.calls.length = 0;
  const down = await backend.register();
  expect(down.token).not.toBe(known.token);
  expect(Date.parse(down.expiresAt) / 1_000).toBe(leftSeconds(down, 0));
  expect(await backend.settings(known.token)).toBe(503);
  expect(new Set(shared.calls)).toEqual(new Set(['now']));
  expect(backend.faults().every(({ source, error }) => source === 'store' && /down/.test(error.message))).toBe(true);

  // The offset is learned now: what was minted by the other clock ends when it ends.
  shared.before = () => Promise.resolve();
  pass(1_001);
  expect(await backend.register()).toMatchObject({ token: known.token, expiresIn: 3_598 });
  for (const reader of [backend, other]) {
    await waitUntil(async () => expect(await reader.settings(down.token)).toBe(200));
  }
  pass(3_598_999);
  for (const reader of [backend, other]) expect(await reader.settings(down.token)).toBe(401);
});

test('a change of role is told by whichever process notices it, though another’s clock is ahead', async () => {
  const { shared, upsolve } = await start();
  const told: boolean[] = [];
  const options = {
    upsolveUrl: upsolve.url,
    apiKey: sampleApiKey(),
    encryptionKeys: [sampleEncryptionKey()] as const,
    store: shared.store,
    onPermissionsChange: (_identity: unknown, { editCharts }: { editCharts: boolean }) => void told.push(editCharts),
  };
  const [ahead, behind] = [10 * MINUTE, -10 * MINUTE].map((aheadMs) =>
    createTestHandler({ ...options, now: () => shared.nowMs + aheadMs }),
  );
  await ahead!.handler.tenantFor({ ...acme, permissions: { editCharts: true } });
  await behind!.handler.tenantFor({ ...acme, permissions: { editCharts: false } });
  await ahead!.handler.tenantFor({ ...acme, permissions: { editCharts: true } });
  expect(told).toEqual([true, false, true]);
});
