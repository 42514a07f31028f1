import { describe, expect, it, vi } from 'vitest';
import { createEngineWorld, HOUR, MINUTE, START, settle, useFakeTime } from '../engineWorld';
import { json } from '../tenantServer';

useFakeTime();

describe('the life of a token', () => {
  it('is ready within microtasks of an instant answer, for one request', async () => {
    const world = createEngineWorld();
    await world.start('acme');
    expect(world.now()).toMatchObject({ status: 'ready', isRefreshing: false, failureCount: 0 });
    expect(world.now().tenant).toMatchObject({ id: 'acme', token: world.server.minted[0]!.token });
    expect(world.now().tenant!.expiresAt).toEqual(new Date(START + HOUR));
    expect(world.server.requests).toMatchObject([{ url: 'https://app.example/register', body: { tenantId: 'acme' } }]);
  });

  it('is loading, and refreshing, until the first answer', () => {
    const world = createEngineWorld();
    void world.start();
    expect(world.now()).toMatchObject({ status: 'loading', tenant: null, isRefreshing: true, nextAttemptAt: null });
  });

  it('is refreshed five minutes before its end, at the refresh endpoint, and says so beforehand', async () => {
    const world = createEngineWorld();
    await world.start();
    expect(world.now().nextAttemptAt).toEqual(new Date(START + 55 * MINUTE));
    await world.pass(55 * MINUTE - 1);
    expect(world.server.count()).toBe(1);
    await world.pass(1);
    expect(world.server.count()).toBe(2);
    expect(world.server.requests[1]!.url).toBe('https://app.example/refresh');
    expect(world.now().tenant!.token).toBe(world.server.minted[1]!.token);
    expect(world.now().lastRefreshedAt).toEqual(new Date(START + 55 * MINUTE));
    expect(world.eventsOf('request').map(({ reason }) => reason)).toEqual(['initial', 'scheduled']);
  });

  it('ends no later than was derived of it first: a sleep over its request counts, whatever is said later', async () => {
    const world = createEngineWorld();
    let arrive!: () => void;
    const isOnItsWay = new Promise<void>((resolve) => (arrive = resolve));
    world.server.next((request) => isOnItsWay.then(() => world.server.good(request)));
    await world.start();
    world.sleep(40 * MINUTE);
    arrive();
    await settle();
    const { token, expiresAt } = world.now().tenant!;
    expect(expiresAt).toEqual(new Date(START + HOUR));
    world.server.next(() => world.server.tell(world.server.minted[0]!));
    await expect(world.engine.refresh()).resolves.toMatchObject({ token, expiresAt });
    await world.pass(20 * MINUTE);
    expect(world.now().tenant!.token).toBe(world.server.minted[1]!.token);
    expect(world.published.filter(({ status }) => status === 'expired')).toEqual([]);
  });

  it('keeps one timer at rest, one more during an attempt and none when it is idle', async () => {
    const world = createEngineWorld();
    await world.start(null);
    expect(vi.getTimerCount()).toBe(0);
    await world.start('acme');
    expect(vi.getTimerCount()).toBe(1);
    world.server.next(() => new Promise(() => undefined));
    void world.engine.refresh();
    await settle();
    expect(vi.getTimerCount()).toBe(2);
    world.engine.clear();
    await settle();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('hands out the same snapshot for as long as nothing in it changed', async () => {
    const world = createEngineWorld();
    await world.start();
    const before = world.now();
    const told = world.published.length;
    await world.pass(10 * MINUTE);
    expect(world.now()).toBe(before);
    expect(world.published.length).toBe(told);
  });

  it('is refreshed 100 times in a row without a failure, and is never away', async () => {
    const world = createEngineWorld({ server: { lifetimeMs: 10 * MINUTE } });
    world.engine.setVisible(false);
    await world.start();
    for (let i = 0; i < 100; i += 1) {
      await world.pass(5 * MINUTE);
      expect(world.now()).toMatchObject({ status: 'ready', failureCount: 0 });
      expect(world.now().error).toBeUndefined();
    }
    expect(world.server.count()).toBe(101);
    expect(world.published.every(({ status }) => status === 'loading' || status === 'ready')).toBe(true);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('goes on where a newer one has ended before it came', async () => {
    const world = createEngineWorld();
    await world.start();
    const { tenant } = world.now();
    world.server.lifetimeMs = 500;
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'token_expired_on_arrival' });
    expect(world.now()).toMatchObject({ status: 'ready', tenant });
  });

  it.each([
    ['a cache has kept the answer for a minute', { serverTime: -60_000 }, { age: '60' }],
    ['the body’s time is older than the header’s', { serverTime: -30_000 }, { date: new Date(START).toUTCString() }],
  ])('is counted by the later statement of time: %s', async (_what, { serverTime }, headers) => {
    const world = createEngineWorld();
    world.server.next((request) => {
      const { token } = world.server.mint(request, world.trueNow() - 10 * MINUTE);
      return json({ token, tenantId: 'acme', serverTime: world.trueNow() + serverTime }, 200, headers);
    });
    await world.start();
    expect(world.now().end?.remainingMs).toBe(50 * MINUTE);
  });

  it('is refused by a success that names a failure, and a body that names none is no answer', async () => {
    const world = createEngineWorld();
    world.server.next(
      () => json({ code: 'forbidden' }),
      () => json({ code: 'no such code' }),
    );
    await world.start();
    expect(world.now().error).toMatchObject({ code: 'forbidden', status: 200 });
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'invalid_response' });
  });

  it('is asked for by nobody who has given up in the same moment', async () => {
    const world = createEngineWorld();
    const starting = world.start();
    world.engine.clear();
    await starting;
    expect([world.eventsOf('request'), world.server.requests]).toEqual([[], []]);
  });

  it('of another tenant waits for no turn that the former one has used up', async () => {
    const world = createEngineWorld();
    await world.start('acme');
    await world.engine.refresh();
    await world.engine.refresh();
    await world.start('beta');
    expect(world.server.requests.at(-1)).toMatchObject({ tenantId: 'beta' });
  });
});
