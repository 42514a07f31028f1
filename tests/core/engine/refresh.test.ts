import { describe, expect, it, vi } from 'vitest';
import {
  createEngineWorld,
  type EngineWorld,
  MINUTE,
  mostInAMinute,
  SECOND,
  settle,
  START,
  useFakeTime,
} from '../engineWorld';
import { createGate, fails } from '../tenantServer';

useFakeTime();

/** One after the other for five minutes, as fast as each is answered. */
async function refreshWithoutEnd(world: EngineWorld): Promise<void> {
  void (async () => {
    for (let i = 0; i < 60; i += 1) await world.engine.refresh();
  })();
  await world.pass(5 * MINUTE);
}

describe('refresh()', () => {
  it('asks three times at once and then once every 5 s, each waiting its turn', async () => {
    const world = createEngineWorld();
    await world.start();
    const settledAtMs: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      await world.engine.refresh();
      settledAtMs.push(world.trueNow() - START);
    }
    for (let i = 0; i < 3; i += 1) {
      const waiting = world.engine.refresh().then(() => settledAtMs.push(world.trueNow() - START));
      expect(world.engine.refresh(), 'the others wait with it').toBe(world.engine.refresh());
      await world.pass(5 * SECOND);
      await waiting;
    }
    expect(settledAtMs).toEqual([0, 0, 0, 5 * SECOND, 10 * SECOND, 15 * SECOND]);
    expect(world.server.count()).toBe(7);
  });

  it('has three turns at once again after 15 s without one', async () => {
    const world = createEngineWorld();
    await world.start();
    for (let i = 0; i < 3; i += 1) await world.engine.refresh();
    await world.pass(15 * SECOND);
    for (let i = 0; i < 3; i += 1) await world.engine.refresh();
    expect(world.server.count()).toBe(7);
  });

  it('gets no more turns at once from a wall clock that is set forward', async () => {
    const world = createEngineWorld();
    await world.start();
    for (let i = 0; i < 3; i += 1) await world.engine.refresh();
    world.setClock(MINUTE);
    const waiting = world.engine.refresh();
    await settle();
    expect(world.server.count()).toBe(4);
    await world.pass(5 * SECOND);
    await waiting;
    expect(world.server.count()).toBe(5);
  });

  it('sends, without end, no more than 13 requests in any minute', async () => {
    const world = createEngineWorld();
    await world.start();
    await refreshWithoutEnd(world);
    const most = mostInAMinute(world.server.requests.map(({ atMs }) => atMs));
    expect([12, 13]).toContain(most);
  });

  it('behind a redirect, where each attempt sends twice, keeps to the same ceiling', async () => {
    const world = createEngineWorld();
    let isFollowing = false;
    const { fetch } = world.options;
    const redirect = (): Promise<Response> => Promise.resolve(new Response(null, { status: 302 }));
    const times: number[] = [];
    world.options.fetch = (...request) => {
      isFollowing = !isFollowing;
      times.push(world.trueNow());
      return isFollowing ? redirect() : fetch!(...request);
    };
    await world.start();
    await refreshWithoutEnd(world);
    expect([12, 13]).toContain(mostInAMinute(times));
  });

  it('after a lost session and behind a redirect, where each attempt sends three times, keeps to it too', async () => {
    const world = createEngineWorld({ headers: () => ({}) });
    const { fetch } = world.options;
    const times: number[] = [];
    world.options.fetch = (...request) => {
      times.push(world.trueNow());
      // Two attempts that send once: else each minute would be full to the third.
      if (times.length < 3) return fetch!(...request);
      if (times.length % 3 === 0) return Promise.resolve(new Response(null, { status: 401 }));
      if (times.length % 3 === 1) return Promise.resolve(new Response(null, { status: 302 }));
      return fetch!(...request);
    };
    await world.start();
    await refreshWithoutEnd(world);
    expect([11, 12, 13]).toContain(mostInAMinute(times));
  });

  it('through a function of the app keeps to the same ceiling', async () => {
    const world = createEngineWorld();
    const times: number[] = [];
    world.options.fetchTenant = ({ tenantId }) => {
      times.push(world.trueNow());
      return { token: world.server.mint({ tenantId }).token };
    };
    delete world.options.endpoint;
    delete world.options.refreshEndpoint;
    await world.start();
    await refreshWithoutEnd(world);
    expect([12, 13]).toContain(mostInAMinute(times));
  });

  it('that waits its turn is rejected by a switch and by clear(), and gets no token of what follows', async () => {
    const switches = (world: EngineWorld): Promise<void> => world.start('beta');
    const clears = (world: EngineWorld): Promise<void> => (world.engine.clear(), settle());
    for (const end of [switches, clears]) {
      const world = createEngineWorld();
      await world.start();
      for (let i = 0; i < 3; i += 1) await world.engine.refresh();
      const waiting = world.engine.refresh();
      await end(world);
      await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
      await world.start(null);
    }
  });

  it('that waits its turn is asked when that comes, also while nothing else is due', async () => {
    const world = createEngineWorld();
    world.server.always = fails(404);
    await world.start();
    for (let i = 0; i < 3; i += 1) await world.engine.refresh().catch(() => undefined);
    world.server.always = world.server.good;
    const waiting = world.engine.refresh();
    await world.pass(5 * SECOND);
    await expect(waiting).resolves.toMatchObject({ id: 'acme' });
  });

  it('skips a backoff', async () => {
    const world = createEngineWorld();
    world.server.next(fails(503), fails(503), fails(503));
    await world.start();
    await world.pass(2 * SECOND);
    await expect(world.engine.refresh()).resolves.toMatchObject({ id: 'acme' });
  });

  it('joins the running attempt and takes no turn for it', async () => {
    const world = createEngineWorld();
    const gate = createGate();
    await world.start();
    for (let i = 0; i < 4; i += 1) {
      world.server.next(gate.hold(world.server.good));
      const joined = Promise.all([world.engine.refresh(), world.engine.refresh(), world.engine.refresh()]);
      await settle();
      gate.open();
      if (i < 3) await joined;
      else await world.pass(5 * SECOND).then(() => gate.open());
    }
    expect(world.server.count()).toBe(5);
  });

  it('joins, while it waits its turn, a request that begins by itself', async () => {
    const world = createEngineWorld();
    await world.start();
    for (let i = 0; i < 3; i += 1) await world.engine.refresh();
    const waiting = world.engine.refresh();
    world.sleep(2 * 60 * MINUTE);
    await world.pass(SECOND);
    await expect(waiting).resolves.toMatchObject({ token: world.server.minted.at(-1)!.token });
    expect(world.server.count()).toBe(5);
  });

  it('resolves with the same tenant where the same token comes back before its lead', async () => {
    const world = createEngineWorld();
    await world.start();
    const before = world.now().tenant;
    world.server.next(() => world.server.tell(world.server.minted[0]!));
    await expect(world.engine.refresh()).resolves.toBe(before);
    expect(world.now()).toMatchObject({ failureCount: 0, nextAttemptAt: new Date(START + 55 * MINUTE) });
    expect(world.now().error).toBeUndefined();
    await world.pass(55 * MINUTE);
    expect(world.eventsOf('request').map(({ reason }) => reason)).toEqual(['initial', 'manual', 'scheduled']);
  });

  it('rejects with token_not_renewed where the same token comes back inside its lead', async () => {
    const world = createEngineWorld();
    await world.start();
    world.sleep(55 * MINUTE);
    world.server.next(() => world.server.tell(world.server.minted[0]!));
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'token_not_renewed', retryable: true });
    expect(world.now()).toMatchObject({ status: 'ready', failureCount: 0, error: { code: 'token_not_renewed' } });
    expect(world.now().nextAttemptAt!.getTime() - world.clock.now()).toBe(30 * SECOND);
    expect(world.outcomes.at(-1)).toMatchObject({ type: 'failed', error: { code: 'token_not_renewed' } });
  });

  it('waits 30 s at least for the next one where the same token came back just before its lead', async () => {
    const world = createEngineWorld();
    await world.start();
    world.sleep(55 * MINUTE - SECOND);
    world.server.next(() => world.server.tell(world.server.minted[0]!));
    await world.engine.refresh();
    expect(world.now().nextAttemptAt!.getTime() - world.clock.now()).toBe(30 * SECOND);
  });

  it('that is ignored is no unhandled rejection', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const world = createEngineWorld();
    world.server.always = fails(503);
    await world.start();
    for (let i = 0; i < 6; i += 1) void world.engine.refresh();
    await settle();
    for (let i = 0; i < 6; i += 1) void world.engine.refresh();
    world.engine.clear();
    await world.start(null);
    void world.engine.refresh();
    world.engine.retry();
    await settle();
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('rejects with an error that tells which attempt in a row it was', async () => {
    const world = createEngineWorld();
    world.server.always = fails(503);
    await world.start();
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'server', status: 503, attempt: 2 });
    await expect(world.engine.refresh()).rejects.toMatchObject({ attempt: 3 });
    expect(world.now().failureCount).toBe(3);
  });

  it('rejects where a token has ended by the time its permissions came, and one follows by itself', async () => {
    const world = createEngineWorld({
      permissionsEndpoint: 'https://app.example/permissions',
      server: { lifetimeMs: 2 * SECOND, says: () => ({}) },
    });
    world.server.permissions = () => new Promise(() => undefined);
    await world.start();
    const refreshed = world.engine.refresh();
    await world.pass(3 * SECOND);
    await expect(refreshed).rejects.toMatchObject({ code: 'token_expired_on_arrival' });
    await world.pass(2 * SECOND);
    expect(world.server.count()).toBe(2);
  });
});

describe('retry()', () => {
  it('returns nothing and never rejects', async () => {
    const world = createEngineWorld();
    world.server.always = fails(500);
    await world.start();
    expect(world.engine.retry()).toBeUndefined();
    await settle();
    expect(world.server.count()).toBe(2);
  });
});
