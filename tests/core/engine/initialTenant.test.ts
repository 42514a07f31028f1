import { describe, expect, it } from 'vitest';
import { createFakeToken } from '../../../src/testing/fakeToken';
import { createEngineWorld, HOUR, MINUTE, settle, START, useFakeTime } from '../engineWorld';
import { json } from '../tenantServer';

useFakeTime();

const token = (issuedAtMs = START, lifetimeMs = HOUR): string =>
  createFakeToken({ displayName: 'Acme', issuedAtMs, expiresAtMs: issuedAtMs + lifetimeMs });

describe('initialTenant', () => {
  it('that is valid costs no request at mount and is there in the same tick', async () => {
    const given = token();
    const world = createEngineWorld({
      initialTenant: { token: given, tenantId: 'acme', permissions: { addChart: true } },
    });
    void world.start('acme');
    expect(world.now()).toMatchObject({ status: 'ready', tenant: { token: given, permissions: { addChart: true } } });
    await world.pass(55 * MINUTE - 1);
    expect(world.server.count()).toBe(0);
    await world.pass(1);
    expect(world.server.requests.map(({ url }) => url)).toEqual(['https://app.example/refresh']);
  });

  it('waits for the first tenant that is wanted, and is not used a second time', async () => {
    const given = token();
    const world = createEngineWorld({ initialTenant: { token: given, tenantId: 'acme' } });
    await world.start(null);
    await world.start('acme');
    expect([world.now().tenant?.token, world.server.count()]).toEqual([given, 0]);
    await world.start('beta');
    await world.start('acme');
    expect(world.now().tenant!.token).not.toBe(given);
    expect(world.server.count()).toBe(2);
  });

  it('on a slow clock ends at once where the server says that it has ended', async () => {
    const given = token(START - 20 * MINUTE);
    const world = createEngineWorld({ clockOffMs: -50 * MINUTE, initialTenant: { token: given, tenantId: 'acme' } });
    await world.start('acme');
    world.sleep(41 * MINUTE);
    expect(world.now().tenant!.token).toBe(given);
    const minted = { token: given, tenantId: 'acme', issuedAtMs: START - 20 * MINUTE, endsAtMs: START + 40 * MINUTE };
    world.server.always = () => world.server.tell(minted);
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'token_expired_on_arrival' });
    expect(world.now()).toMatchObject({ status: 'expired', tenant: null });
  });

  it('is not prolonged by the same answer out of a cache', async () => {
    const answer = { token: token(START, 10 * MINUTE), tenantId: 'acme', serverTime: START };
    const world = createEngineWorld({ initialTenant: answer });
    world.server.always = () => json(answer);
    await world.start('acme');
    await world.pass(4 * MINUTE);
    await world.engine.refresh();
    expect(world.now().tenant!.expiresAt).toEqual(new Date(START + 10 * MINUTE));
  });

  it.each([
    ['is dead', () => ({ token: token(START - 2 * HOUR), tenantId: 'acme' })],
    ['is of another tenant', () => ({ token: token(), tenantId: 'beta' })],
    ['echoes no tenant', () => ({ token: token() })],
    ['is malformed', () => ({ token: 'short', tenantId: 'acme' })],
    ['is no answer', () => 'text'],
    ['states no end', () => ({ token: 'x'.repeat(20), tenantId: 'acme' })],
    [
      'has only an expiresIn, which has no start',
      () => ({ token: 'x'.repeat(20), tenantId: 'acme', expiresIn: 3_600 }),
    ],
    ['is null', () => null],
  ])('that %s is dropped, for one request', async (_what, initialTenant) => {
    const world = createEngineWorld({ initialTenant: initialTenant() });
    void world.start('acme');
    expect(world.now()).toMatchObject({ status: 'loading', tenant: null });
    await settle();
    expect(world.server.requests.map(({ url }) => url)).toEqual(['https://app.example/register']);
    expect(world.now().status).toBe('ready');
  });

  it('needs no echo in an app with one tenant', async () => {
    const world = createEngineWorld({ initialTenant: { token: token() } });
    await world.start(undefined, { tenantId: undefined });
    expect(world.server.count()).toBe(0);
    expect(world.now().status).toBe('ready');
  });

  it.each([
    ['local time', 30 * MINUTE, START, 30 * MINUTE],
    ['the server time it states', -30 * MINUTE, START + 10 * MINUTE, 50 * MINUTE],
  ])('lives by the smaller of its lifes: here by %s', async (_by, clockOffMs, serverTime, leftMs) => {
    const world = createEngineWorld({ clockOffMs, initialTenant: { token: token(), tenantId: 'acme', serverTime } });
    await world.start('acme');
    expect(world.now().tenant!.expiresAt.getTime() - world.clock.now()).toBe(leftMs);
  });

  it('counts for the first identity only, and not after clear()', async () => {
    const initialTenant = { token: token(), tenantId: 'acme' };
    const world = createEngineWorld({ initialTenant });
    await world.start(null);
    await world.start('acme');
    expect(world.server.count()).toBe(0);
    world.engine.clear();
    expect(world.now().status).toBe('idle');
    await world.start('beta');
    await world.start('acme');
    expect(world.server.count()).toBe(2);
    expect(world.now().tenant!.token).not.toBe(initialTenant.token);
  });

  it('does not hide an option that is refused, and nothing is thrown', async () => {
    const world = createEngineWorld({
      initialTenant: { token: token(), tenantId: 'acme' },
      endpoint: 'http://app.example/register',
    });
    await world.start('acme');
    expect(world.now()).toMatchObject({ status: 'error', tenant: null, error: { code: 'insecure_endpoint' } });
    expect(world.server.requests).toEqual([]);
  });

  it('without permissions has them asked for, with its token', async () => {
    const given = token();
    const world = createEngineWorld({
      initialTenant: { token: given, tenantId: 'acme' },
      permissionsEndpoint: 'https://app.example/permissions',
    });
    await world.start('acme');
    expect(world.server.requests).toMatchObject([{ kind: 'permissions', bearer: `Bearer ${given}` }]);
    expect(world.now().tenant!.permissions.drillDown).toBe(true);
  });

  it('is refused for another tenant as any other token', async () => {
    const given = token();
    const world = createEngineWorld({
      initialTenant: { token: given, tenantId: 'acme' },
      server: { says: () => ({}) },
    });
    await world.start('acme');
    world.server.next(() =>
      Object.assign(world.server.tell({ ...world.server.mint({ tenantId: 'beta' }), token: given })),
    );
    await world.start('beta');
    expect(world.now().error?.code).toBe('tenant_mismatch');
  });
});
