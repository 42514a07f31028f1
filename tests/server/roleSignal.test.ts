import { describe, expect, test, vi } from 'vitest';
import { createMemoryStore, type TenantIdentity } from 'react-upsolve-tenant/server';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { holdTime, playUntil } from './fixtures/playTime';

type Told = [user: unknown, tenant: unknown, editCharts: boolean, before: boolean | null];

async function start(fail: () => void = () => undefined) {
  const upsolve = await startFakeUpsolve();
  const told: Told[] = [];
  const session: { identity: TenantIdentity } = { identity: acme };
  const test = createTestHandler({
    upsolveUrl: upsolve.url,
    identify: () => session.identity,
    onPermissionsChange(identity, now, before) {
      told.push([identity.userId, identity.tenantId, now.editCharts, before?.editCharts ?? null]);
      fail();
    },
  });
  return { ...test, upsolve, told, session };
}

const editor: TenantIdentity = { ...acme, permissions: { editCharts: true } };

describe('the role signal', () => {
  test('fires once a change, in whatever way the tenant is asked for', async () => {
    const { handler, told, session } = await start();
    const { token } = await handler.tenantFor(acme);
    await handler(pageRequest('/tenant/register'));
    await handler(pageRequest('/tenant/refresh-token'));
    expect(told).toEqual([['ada', 'acme', false, null]]);

    session.identity = editor;
    const bearer = { method: 'GET', headers: { authorization: `Bearer ${token}` } };
    await handler(pageRequest('/permissions/tenant-settings/', bearer));
    await handler(pageRequest('/tenant/refresh-token'));
    expect(told.slice(1)).toEqual([['ada', 'acme', true, false]]);
  });

  test('fires once for many requests at once', async () => {
    const { handler, told } = await start();
    await Promise.all(Array.from({ length: 200 }, () => handler(pageRequest('/tenant/register'))));
    expect(told).toHaveLength(1);
  });

  test('is kept apart by user and by tenant, and without a user by tenant', async () => {
    const { handler, told } = await start();
    const shared: TenantIdentity = { ...editor, userId: undefined };
    for (const identity of [
      acme,
      { ...editor, userId: 'bob' },
      { ...editor, tenantId: 'globex' },
      shared,
      shared,
      acme,
    ]) {
      await handler.tenantFor(identity);
    }
    expect(told).toEqual([
      ['ada', 'acme', false, null],
      ['bob', 'acme', true, null],
      ['ada', 'globex', true, null],
      [undefined, 'acme', true, null],
    ]);
  });

  test('that fails costs nobody a token, is reported, and is told again', async () => {
    let failures = 1;
    const { handler, told, faults } = await start(() => {
      if (failures-- > 0) throw new Error('the user table is locked');
    });
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(200);
    expect(faults()).toMatchObject([
      { source: 'onPermissionsChange', error: { message: 'Error: the user table is locked' } },
    ]);
    await handler(pageRequest('/tenant/register'));
    await handler(pageRequest('/tenant/register'));
    expect(told).toHaveLength(2);
  });

  test('that hangs is not waited for without end', async () => {
    const { sign } = await startFakeUpsolve();
    const token = await sign({ displayName: 'Acme', prefilters: {} });
    holdTime();
    const { handler, faults } = createTestHandler({
      upsolveUrl: 'http://127.0.0.1:1',
      requestTimeoutMs: 9_000,
      fetch: () => Promise.resolve(Response.json({ token })),
      onPermissionsChange: () => new Promise(() => undefined),
    });
    let status = 0;
    void handler(pageRequest('/tenant/register')).then((answer) => (status = answer.status));
    await playUntil(() => status !== 0 && faults().length > 0);
    expect(status).toBe(200);
    expect(faults()).toMatchObject([{ source: 'onPermissionsChange', error: { code: 'timeout' } }]);
  });

  test('is silent for an identity that is refused', async () => {
    const { handler, told, session } = await start();
    session.identity = { ...acme, prefilters: {} };
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(422);
    expect(told).toEqual([]);
  });

  test('is told once to a user who comes back for a year, and written down no oftener than needed', async () => {
    const clock = { nowMs: Date.parse('2030-01-01T00:00:00Z') };
    const upsolve = await startFakeUpsolve();
    upsolve.now = () => clock.nowMs;
    const memory = createMemoryStore({ now: () => clock.nowMs });
    let told = 0;
    let written = 0;
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      now: () => clock.nowMs,
      encryptionKeys: ['e'.repeat(32)],
      store: {
        ...memory,
        set: (key, value, ttlMs) => {
          if (key.startsWith('permissions:')) written++;
          return memory.set(key, value, ttlMs);
        },
      },
      onPermissionsChange: () => void told++,
    });
    for (let day = 0; day < 365; day += 5) {
      await handler.tenantFor(acme);
      clock.nowMs += 5 * 24 * 60 * 60_000;
    }
    expect(told).toBe(1);
    expect(written).toBeLessThan(12);
  });
});

/** What holds until it is let go. */
function hold() {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  return { held, release };
}

const viewer: TenantIdentity = { ...acme, permissions: {} };

/** Every order of the numbers. */
const orders = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item) => orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));

describe('two changes under way at once', () => {
  const steps = ['identify old', 'identify new', 'listener', 'write'] as const;

  test.each(orders(steps))('end on the newest: %s, %s, %s, %s', async (...order) => {
    const upsolve = await startFakeUpsolve();
    const gates = Object.fromEntries(steps.map((step) => [step, hold()])) as Record<
      (typeof steps)[number],
      ReturnType<typeof hold>
    >;
    const memory = createMemoryStore();
    const told: boolean[] = [];
    let running = 0;
    let mostAtOnce = 0;
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      identify: async (request) => {
        const isOld = request.headers.get('x-role') === 'old';
        await gates[isOld ? 'identify old' : 'identify new'].held;
        return isOld ? viewer : editor;
      },
      encryptionKeys: ['e'.repeat(32)],
      store: {
        ...memory,
        async set(key, value, ttlMs) {
          if (key.startsWith('permissions:')) await gates.write.held;
          return memory.set(key, value, ttlMs);
        },
      },
      onPermissionsChange: async (_identity, { editCharts }) => {
        mostAtOnce = Math.max(mostAtOnce, ++running);
        await gates.listener.held;
        told.push(editCharts);
        running--;
      },
    });
    const ask = (role: string): Promise<Response> =>
      handler(pageRequest('/tenant/register', { headers: { 'x-role': role } }));
    const answers = [ask('old'), ask('new')];
    for (const step of order) {
      gates[step].release();
      // Whatever can go on does so before the next step.
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(answers);
    expect(told.at(-1)).toBe(true);
    expect(mostAtOnce).toBe(1);

    // And it is remembered: who asks again tells nothing.
    const before = told.length;
    await ask('new');
    expect(told).toHaveLength(before);
  });

  test('a listener that writes after its time is told the newest once more', async () => {
    const upsolve = await startFakeUpsolve();
    const late = hold();
    const session = { identity: viewer };
    const written: boolean[] = [];
    const { handler, faults } = createTestHandler({
      upsolveUrl: upsolve.url,
      requestTimeoutMs: 400,
      identify: () => session.identity,
      onPermissionsChange: async (_identity, { editCharts }) => {
        if (!editCharts) await late.held;
        written.push(editCharts);
      },
    });
    await handler(pageRequest('/tenant/register'));
    session.identity = editor;
    while (written.length === 0) await handler(pageRequest('/tenant/register'));
    expect(faults()).toMatchObject([{ source: 'onPermissionsChange', error: { code: 'timeout' } }]);
    late.release();
    while (written.length < 3) await handler(pageRequest('/tenant/register'));
    expect(written).toEqual([true, false, true]);
  });

  test('a process that is behind tells nothing older than what another told', async () => {
    const { sign } = await startFakeUpsolve();
    const token = await sign({ displayName: 'Acme', prefilters: {} });
    holdTime();
    const beganAtMs = Date.now();
    const now = (): number => beganAtMs + performance.now();
    const memory = createMemoryStore({ now });
    const told: boolean[] = [];
    const slow = hold();
    const asked = hold();
    const open = (identify: () => TenantIdentity | Promise<TenantIdentity>) =>
      createTestHandler({
        upsolveUrl: 'http://127.0.0.1:1',
        fetch: () => Promise.resolve(Response.json({ token })),
        now,
        identify,
        store: memory,
        encryptionKeys: ['e'.repeat(32)],
        onPermissionsChange: (_identity, { editCharts }) => void told.push(editCharts),
      }).handler;
    const behind = open(async () => {
      asked.release();
      await slow.held;
      return viewer;
    });
    const ahead = open(() => editor);
    const older = behind(pageRequest('/tenant/register'));
    await asked.held;
    await vi.advanceTimersByTimeAsync(1_000);
    await ahead(pageRequest('/tenant/register'));
    slow.release();
    await older;
    expect(told).toEqual([true]);
  });
});
