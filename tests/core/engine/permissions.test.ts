import { describe, expect, it, vi } from 'vitest';
import { UpsolveTenantError } from '../../../src/core/errors';
import {
  createEngineWorld,
  type EngineWorld,
  HOUR,
  MINUTE,
  SECOND,
  settle,
  useFakeTime,
  type WorldOptions,
} from '../engineWorld';
import { type Answer, createGate, fails, hangs, json, unreachable } from '../tenantServer';

useFakeTime();

const createWorld = (options: WorldOptions = {}): EngineWorld =>
  createEngineWorld({
    permissionsEndpoint: 'https://app.example/permissions',
    server: { says: ({ tenantId }, nowMs) => ({ tenantId, serverTime: nowMs }) },
    ...options,
  });
const asked = (world: EngineWorld): number => world.server.requests.filter(({ kind }) => kind === 'permissions').length;
const grants: (flags: Record<string, boolean>) => Answer = (permissions) => () => json({ permissions });

describe('permissions of a second endpoint', () => {
  it('are asked for with the new token as Bearer, whatever headers says', async () => {
    const world = createWorld({ headers: { authorization: 'Bearer of-the-app', 'x-app': '1' } });
    await world.start();
    const { token } = world.server.minted[0]!;
    expect(world.server.requests[0]!.bearer).toBe('Bearer of-the-app');
    expect(world.server.requests[1]).toMatchObject({ kind: 'permissions', bearer: `Bearer ${token}` });
    expect(new Headers(world.server.requests[1]!.init.headers).get('x-app')).toBe('1');
    expect(world.now().tenant!.permissions).toMatchObject({ drillDown: true, readOnly: false });
  });

  it('tell headers() what they are for, as the token does, without a tenant where the app has one', async () => {
    const told: unknown[] = [];
    const world = createWorld({ headers: ({ signal: _signal, ...context }) => (told.push(context), {}) });
    await world.start();
    expect(told).toEqual([
      { request: 'tenant', reason: 'initial', attempt: 1, tenantId: 'acme' },
      { request: 'permissions', reason: 'initial', attempt: 1, tenantId: 'acme' },
    ]);
    told.length = 0;
    await world.start(undefined, { tenantId: undefined });
    expect(told).toHaveLength(2);
    for (const context of told) expect(context).not.toHaveProperty('tenantId');
  });

  it('are asked for after each new token, and not where the answer brings them', async () => {
    const world = createWorld();
    await world.start();
    await world.engine.refresh();
    expect(asked(world)).toBe(2);
    world.server.next((request) => json({ token: world.server.mint(request).token, permissions: {} }));
    await world.engine.refresh();
    expect(asked(world)).toBe(2);
  });

  it('hold the first tenant back for at most three seconds, which then is read-only', async () => {
    const world = createWorld();
    const gate = createGate();
    world.server.permissions = gate.hold(grants({ addChart: true }));
    await world.start();
    await world.pass(3 * SECOND - 1);
    expect(world.now().status).toBe('loading');
    await world.pass(1);
    expect(world.now().tenant!.permissions).toMatchObject({ readOnly: true, addChart: false });
    gate.open();
    await settle();
    expect(world.now().tenant!.permissions).toMatchObject({ readOnly: false, addChart: true });
  });

  it('hold no later token back, and stay what they were until they come', async () => {
    const world = createWorld();
    await world.start();
    const { permissions } = world.now().tenant!;
    world.server.permissions = hangs;
    await world.engine.refresh();
    expect(world.now().tenant!.permissions).toBe(permissions);
  });

  it('are not asked for again where the same token comes back', async () => {
    const world = createWorld();
    await world.start();
    world.server.next(() => world.server.tell(world.server.minted[0]!));
    await world.engine.refresh();
    expect([world.server.count(), asked(world)]).toEqual([2, 1]);
  });

  it('are the same object while equal', async () => {
    const world = createWorld();
    await world.start();
    const { permissions } = world.now().tenant!;
    await world.engine.refresh();
    await settle();
    expect(world.now().tenant!.permissions).toBe(permissions);
  });

  it.each([
    ['503', fails(503)],
    ['a dead network', unreachable],
    ['404', fails(404)],
    ['JSON without flags', () => json({ ok: true })],
  ])('that fail with %s keep the last known', async (_name, answer) => {
    const world = createWorld();
    await world.start();
    world.server.permissions = answer;
    await world.engine.refresh();
    await world.pass(SECOND);
    expect(world.now().tenant!.permissions).toMatchObject({ drillDown: true, readOnly: false });
    expect(world.now().error).toBeUndefined();
  });

  it.each([401, 403])('that fail with %i turn read-only, and the token stays', async (status) => {
    const world = createWorld();
    await world.start();
    world.server.permissions = fails(status);
    await world.engine.refresh();
    await settle();
    expect(world.now()).toMatchObject({
      status: 'ready',
      tenant: { permissions: { readOnly: true, drillDown: false } },
    });
    await world.pass(HOUR / 2);
    expect(asked(world), 'nothing is asked again by itself').toBe(2);
    expect(world.lostSessions).toEqual([]);
  });

  it('have a backoff of their own, which no refresh of the token waits for', async () => {
    const world = createWorld();
    world.engine.setVisible(false);
    world.server.permissions = fails(503);
    await world.start();
    await world.pass(5 * MINUTE);
    const times = world.server.requests.filter(({ kind }) => kind === 'permissions').map(({ atMs }) => atMs);
    expect(times.slice(1, 8).map((atMs, i) => atMs - times[i]!)).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000,
    ]);
    expect(world.server.count()).toBe(1);
    world.server.permissions = grants({ addChart: true });
    await world.pass(MINUTE);
    expect(world.now().tenant!.permissions.addChart).toBe(true);
  });

  it('honour a Retry-After of their own', async () => {
    const world = createWorld();
    world.server.permissions = fails(429, {}, { 'retry-after': '90' });
    await world.start();
    await world.pass(90 * SECOND - 1);
    expect(asked(world)).toBe(1);
    await world.pass(1);
    expect(asked(world)).toBe(2);
  });

  it('that say "Token expired" cost one refresh, and no second one', async () => {
    const world = createWorld();
    await world.start();
    world.server.permissions = fails(401, { error: 'Token expired' });
    await world.engine.refresh();
    await world.pass(MINUTE);
    expect(world.server.count()).toBe(3);
    expect(world.now().status).toBe('ready');
  });

  it('that say "Token expired" of the very first token cost one refresh too', async () => {
    const world = createWorld();
    world.server.permissions = fails(401, { error: 'Token expired' });
    await world.start();
    world.server.permissions = grants({ addChart: true });
    await world.pass(SECOND);
    expect(world.server.count()).toBe(2);
    expect(world.now().tenant!.permissions.addChart).toBe(true);
    expect(
      world
        .eventsOf('request')
        .filter(({ request }) => request === 'tenant')
        .at(-1)!.reason,
    ).toBe('expired');
  });

  it('that say "Token expired" ask for no token after a failure that stops', async () => {
    const world = createWorld();
    world.server.permissions = fails(503);
    await world.start();
    world.server.next(fails(404));
    await world.engine.refresh().catch(() => undefined);
    world.server.permissions = fails(401, { error: 'Token expired' });
    await world.pass(2 * MINUTE);
    expect(asked(world)).toBeGreaterThan(2);
    expect(world.server.count()).toBe(2);
  });

  it('that say "Token expired" tell why the token is refreshed', async () => {
    const world = createWorld();
    await world.start();
    world.server.permissions = fails(401, { error: 'Token expired' });
    await world.engine.refresh();
    await world.pass(SECOND);
    const reasons = world.eventsOf('request').filter(({ request }) => request === 'tenant');
    expect(reasons.map(({ reason }) => reason)).toEqual(['initial', 'manual', 'expired']);
  });

  it('are asked for no more where the app has taken their endpoint away', async () => {
    const world = createWorld();
    world.server.permissions = fails(503);
    await world.start();
    delete world.options.permissionsEndpoint;
    await world.pass(10 * MINUTE);
    expect(asked(world)).toBe(1);
    expect(world.eventsOf('failure').map(({ code }) => code)).toEqual(['server', 'invalid_options']);
  });

  it('that hang are given up after the timeout and asked again', async () => {
    const world = createWorld();
    world.server.permissions = hangs;
    await world.start();
    world.server.permissions = grants({ addChart: true });
    await world.pass(10 * SECOND - 1);
    expect(asked(world)).toBe(1);
    await world.pass(SECOND);
    expect(asked(world)).toBe(2);
    expect(world.now().tenant!.permissions.addChart).toBe(true);
    expect(world.eventsOf('failure')).toMatchObject([{ request: 'permissions', code: 'timeout' }]);
  });

  it('that wait for a retry are still asked for after a stop and a start', async () => {
    const world = createWorld();
    world.server.permissions = fails(503);
    await world.start();
    world.engine.stop();
    await world.pass(MINUTE);
    expect(asked(world)).toBe(1);
    world.server.permissions = grants({ addChart: true });
    await world.start();
    await world.pass(SECOND);
    expect(world.now().tenant!.permissions.addChart).toBe(true);
  });

  it('that were under way are asked for again after a stop and a start', async () => {
    const world = createWorld();
    await world.start();
    world.server.permissions = hangs;
    await world.engine.refresh();
    world.engine.stop();
    await world.pass(MINUTE);
    world.server.permissions = grants({ addChart: true });
    await world.start();
    expect(world.now().tenant!.permissions.addChart).toBe(true);
    expect(world.server.count()).toBe(2);
  });

  it.each([
    ['the session is lost', fails(401)],
    ['the tenant is forbidden', fails(403)],
  ])('are not asked for with a token that was dropped because %s', async (_why, answer) => {
    const world = createWorld();
    world.server.permissions = fails(503);
    await world.start();
    world.server.next(answer);
    await world.engine.refresh().catch(() => undefined);
    const before = asked(world);
    await world.pass(10 * MINUTE);
    expect(asked(world)).toBe(before);
  });

  it('are not asked for with a token that has ended', async () => {
    const world = createWorld({ server: { lifetimeMs: MINUTE, says: ({ tenantId }) => ({ tenantId }) } });
    world.server.permissions = fails(503);
    await world.start();
    world.server.always = fails(503);
    await world.pass(10 * MINUTE);
    expect(
      world.server.requests.every(({ kind, atMs }) => kind === 'tenant' || atMs < world.server.minted[0]!.endsAtMs),
    ).toBe(true);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('of a former tenant that come late change nothing', async () => {
    const world = createWorld();
    const gate = createGate();
    await world.start('acme');
    world.server.permissions = gate.hold(grants({ addChart: true }));
    await world.engine.refresh();
    world.server.permissions = grants({ drillDown: true });
    await world.start('beta');
    const before = world.now();
    gate.open();
    await settle();
    expect(world.now()).toBe(before);
  });

  it('of the token before that come late change nothing', async () => {
    const world = createWorld();
    const gate = createGate();
    await world.start();
    world.server.permissions = gate.hold(grants({ addChart: true }));
    await world.engine.refresh();
    world.server.permissions = grants({ drillDown: true });
    await world.engine.refresh();
    await settle();
    gate.open();
    await settle();
    expect(world.now().tenant!.permissions.addChart).toBe(false);
  });

  it('are read-only where headers() fails with an error of another copy of this package', async () => {
    const foreign = Object.assign(new Error('from elsewhere'), {
      code: 'server',
      retryable: true,
      attempt: 1,
      [Symbol.for('react-upsolve-tenant.error')]: true,
    });
    const world = createWorld({
      headers: ({ request }) => {
        if (request === 'permissions') throw foreign;
        return {};
      },
    });
    await world.start();
    expect(world.now().tenant!.permissions).toEqual(expect.objectContaining({ readOnly: true, addChart: false }));
    expect(world.now().tenant!.permissions).not.toBe(foreign);
    expect(world.eventsOf('failure')).toMatchObject([{ request: 'permissions', code: 'server' }]);
    expect(foreign).not.toBeInstanceOf(UpsolveTenantError);
  });
});

describe('permissions without a source', () => {
  it('are read-only, and never block the dashboard', async () => {
    const world = createEngineWorld({ server: { says: () => ({}) } });
    await world.start();
    expect(world.now()).toMatchObject({
      status: 'ready',
      tenant: { permissions: { readOnly: true, drillDown: false } },
    });
  });
});

describe('permissions of an answer', () => {
  it('count even when its token is unchanged', async () => {
    const world = createEngineWorld();
    await world.start();
    const { token } = world.server.minted[0]!;
    world.server.next(() => json({ token, permissions: { addChart: true } }));
    await world.engine.refresh();
    expect(world.now().tenant).toMatchObject({ token, permissions: { addChart: true, drillDown: false } });
  });
});
