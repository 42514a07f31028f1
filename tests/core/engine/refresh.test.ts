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
import { createGate, fails, hangs } from '../tenantServer';

useFakeTime();

/** One after the other for five minutes, as fast as each is answered. */
async function refreshWithoutEnd(world: EngineWorld): Promise<void> {
  void (async () => {
    for (let i = 0; i < 60; i += 1) await world.engine.refresh();
  })();
  await world.pass(5 * MINUTE);
}

describe('refresh()', () => {
  it('asks three times at once, the first request included, and then once every 5 s, each waiting its turn', async () => {
    const world = createEngineWorld();
    await world.start();
    const settledAtMs: number[] = [];
    for (let i = 0; i < 2; i += 1) {
      await world.engine.refresh();
      settledAtMs.push(world.trueNow() - START);
    }
    for (let i = 0; i < 3; i += 1) {
      const waiting = world.engine.refresh().then(() => settledAtMs.push(world.trueNow() - START));
      expect(world.engine.refresh(), 'the others wait with it').toBe(world.engine.refresh());
      expect(world.now(), 'waiting shows').toMatchObject({ status: 'ready', isRefreshing: true, nextAttemptAt: null });
      await world.pass(5 * SECOND - 1);
      expect(settledAtMs.length).toBe(2 + i);
      await world.pass(1);
      await waiting;
    }
    expect(settledAtMs).toEqual([0, 0, 5 * SECOND, 10 * SECOND, 15 * SECOND]);
    expect(world.server.count()).toBe(6);
  });

  it('has three turns at once again after 15 s without one', async () => {
    const world = createEngineWorld();
    await world.start();
    for (let i = 0; i < 2; i += 1) await world.engine.refresh();
    await world.pass(15 * SECOND);
    for (let i = 0; i < 3; i += 1) await world.engine.refresh();
    void world.engine.refresh();
    await settle();
    expect(world.server.count()).toBe(6);
  });

  it('gets no more turns at once from a wall clock that is set forward', async () => {
    const world = createEngineWorld();
    await world.start();
    for (let i = 0; i < 2; i += 1) await world.engine.refresh();
    world.setClock(MINUTE);
    const waiting = world.engine.refresh();
    await settle();
    expect(world.server.count()).toBe(3);
    await world.pass(5 * SECOND);
    await waiting;
    expect(world.server.count()).toBe(4);
  });

  it('waits its turn for as long as it takes, and only then does its timeout begin', async () => {
    const world = createEngineWorld({ requestTimeoutMs: 2 * SECOND });
    await world.start();
    for (let i = 0; i < 2; i += 1) await world.engine.refresh();
    world.server.next(hangs);
    const waiting = world.engine.refresh().catch((error: unknown) => error);
    await world.pass(5 * SECOND);
    expect([world.server.count(), world.now().isRefreshing]).toEqual([4, true]);
    await world.pass(2 * SECOND - 1);
    expect(world.now().isRefreshing).toBe(true);
    await world.pass(1);
    expect(await waiting).toMatchObject({ code: 'timeout' });
  });

  it('makes, without end, no more than 3 and 12 attempts in any minute', async () => {
    const world = createEngineWorld();
    await world.start();
    await refreshWithoutEnd(world);
    const times = world.server.requests.map(({ atMs }) => atMs);
    expect(mostInAMinute(times)).toBe(14);
    expect(mostInAMinute(times.filter((atMs) => atMs >= START + MINUTE))).toBe(12);
  });

  it('counts attempts and not what one sends: behind a lost session and a redirect four times', async () => {
    const world = createEngineWorld({ headers: () => ({}) });
    const { fetch } = world.options;
    const attempts: number[] = [];
    let sent = 0;
    world.options.fetch = (...request) => {
      if (sent % 4 === 0) attempts.push(world.trueNow());
      sent += 1;
      if (sent % 2 === 1) return Promise.resolve(new Response(null, { status: 302 }));
      if (sent % 4 === 2) return Promise.resolve(new Response('{}', { status: 401 }));
      return fetch!(...request);
    };
    await world.start();
    await refreshWithoutEnd(world);
    expect(world.eventsOf('failure')).toEqual([]);
    expect(attempts.length).toBe(world.server.count());
    expect(mostInAMinute(attempts)).toBe(14);
    expect(sent).toBe(4 * attempts.length);
  });

  it('through a function of the app keeps to the same ceiling', async () => {
    const world = createEngineWorld();
    const times: number[] = [];
    world.options.endpoint = ({ tenantId }) => {
      times.push(world.trueNow());
      return { token: world.server.mint({ tenantId }).token };
    };
    await world.start();
    await refreshWithoutEnd(world);
    expect(mostInAMinute(times)).toBe(14);
  });

  it('that waits its turn is rejected by a switch and by clear(), and gets no token of what follows', async () => {
    const switches = (world: EngineWorld): Promise<void> => world.start('beta');
    const clears = (world: EngineWorld): Promise<void> => (world.engine.clear(), settle());
    for (const end of [switches, clears]) {
      const world = createEngineWorld();
      await world.start();
      for (let i = 0; i < 2; i += 1) await world.engine.refresh();
      const waiting = world.engine.refresh();
      await end(world);
      await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
      await world.pass(MINUTE);
      expect(world.server.requests.filter(({ tenantId }) => tenantId === 'acme').length).toBe(3);
      await world.start(null);
    }
  });

  it('that waits its turn is asked when that comes, also while nothing else is due', async () => {
    const world = createEngineWorld();
    world.server.always = fails(404);
    await world.start();
    for (let i = 0; i < 2; i += 1) await world.engine.refresh().catch(() => undefined);
    world.server.always = world.server.good;
    const waiting = world.engine.refresh();
    await world.pass(5 * SECOND);
    await expect(waiting).resolves.toMatchObject({ id: 'acme' });
  });

  it('skips a backoff and a Retry-After', async () => {
    for (const answer of [fails(503), fails(429, {}, { 'retry-after': '300' })]) {
      const world = createEngineWorld();
      world.server.next(answer);
      await world.start();
      await expect(world.engine.refresh()).resolves.toMatchObject({ id: 'acme' });
      await world.start(null);
    }
  });

  it('joins the running attempt and takes no turn for it', async () => {
    const world = createEngineWorld();
    const gate = createGate();
    await world.start();
    for (let i = 0; i < 3; i += 1) {
      world.server.next(gate.hold(world.server.good));
      const joined = Promise.all([world.engine.refresh(), world.engine.refresh(), world.engine.refresh()]);
      await settle();
      gate.open();
      if (i < 2) await joined;
      else await world.pass(5 * SECOND).then(() => gate.open());
    }
    expect(world.server.count()).toBe(4);
  });

  it('joins, while it waits its turn, a request that begins by itself', async () => {
    const world = createEngineWorld();
    await world.start();
    for (let i = 0; i < 2; i += 1) await world.engine.refresh();
    const waiting = world.engine.refresh();
    world.sleep(2 * 60 * MINUTE);
    await world.pass(5 * SECOND);
    await expect(waiting).resolves.toMatchObject({ token: world.server.minted.at(-1)!.token });
    await world.pass(MINUTE);
    expect(world.server.count()).toBe(4);
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
    expect(world.eventsOf('failure')).toMatchObject([{ code: 'token_not_renewed', retryInMs: 30 * SECOND }]);
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
    await world.pass(1);
    expect([world.server.count(), world.now().status]).toEqual([2, 'ready']);
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
