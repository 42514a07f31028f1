import { describe, expect, it, vi } from 'vitest';
import { createEngineWorld, type EngineWorld, HOUR, MINUTE, SECOND, settle, START, useFakeTime } from '../engineWorld';
import { createGate, fails, hangs } from '../tenantServer';

useFakeTime();

describe('stop', () => {
  it('cancelled by a start with the same identity in the same turn costs one request in all', async () => {
    const world = createEngineWorld();
    void world.start('acme');
    world.engine.stop();
    void world.start('acme');
    await world.pass(SECOND);
    expect(world.server.count()).toBe(1);
    expect(world.now().status).toBe('ready');
  });

  it('followed much later by a start keeps the token: no request, the same snapshot', async () => {
    const world = createEngineWorld();
    await world.start('acme');
    const before = world.now();
    world.engine.stop();
    await world.pass(30 * MINUTE);
    await world.start('acme');
    expect(world.now()).toBe(before);
    expect(world.server.count()).toBe(1);
    await world.pass(25 * MINUTE);
    expect(world.server.count()).toBe(2);
  });

  it('followed by a start after the end of the token costs one request', async () => {
    const world = createEngineWorld();
    await world.start('acme');
    world.engine.stop();
    await world.pass(2 * HOUR);
    expect(world.now().status).toBe('expired');
    await world.start('acme');
    expect(world.server.count()).toBe(2);
    expect(world.now().status).toBe('ready');
  });

  const STAGES: [name: string, reach: (world: EngineWorld) => Promise<void>][] = [
    ['at once', async () => undefined],
    ['at rest', (world) => world.start()],
    [
      'while a request is under way',
      async (world) => {
        world.server.next(hangs);
        await world.start();
      },
    ],
    [
      'while a retry waits',
      async (world) => {
        world.server.next(fails(503));
        await world.start();
      },
    ],
    [
      'while a refresh() waits its turn',
      async (world) => {
        await world.start();
        for (let i = 0; i < 2; i += 1) await world.engine.refresh();
        void world.engine.refresh();
      },
    ],
    [
      'while permissions are asked for',
      async (world) => {
        Object.assign(world.options, { permissionsEndpoint: 'https://app.example/permissions' });
        world.server.permissions = hangs;
        world.server.next((request) => Response.json({ token: world.server.mint(request).token }));
        world.server.next((request) =>
          Object.assign(world.server.good(request), {
            text: () => Promise.resolve(JSON.stringify({ token: world.server.mint(request).token })),
          }),
        );
        await world.start();
      },
    ],
    [
      'while headers() is under way',
      async (world) => {
        world.options.headers = () => new Promise((resolve) => setTimeout(() => resolve({}), 5 * SECOND));
        await world.start();
      },
    ],
  ];

  it.each(STAGES)('%s leaves no timer of its own and no request after it', async (_name, reach) => {
    const world = createEngineWorld();
    await reach(world);
    world.engine.stop();
    await world.pass(0);
    const asked = world.server.requests.length;
    world.engine.wake();
    world.engine.setVisible(true);
    await world.pass(3 * HOUR);
    expect(world.server.requests.length).toBe(asked);
    expect(vi.getTimerCount()).toBe(0);
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'aborted' });
    expect(world.server.requests.length).toBe(asked);
  });

  it.each(STAGES.slice(1))('%s is made good by a start: ready', async (_name, reach) => {
    const world = createEngineWorld();
    await reach(world);
    world.engine.stop();
    await world.pass(2 * HOUR);
    world.server.permissions = fails(503);
    await world.start();
    await world.pass(30 * SECOND);
    expect(world.now().status).toBe('ready');
  });

  it('rejects refresh() under way and waiting with aborted, which no callback hears', async () => {
    const world = createEngineWorld();
    await world.start();
    for (let i = 0; i < 2; i += 1) await world.engine.refresh();
    const waiting = world.engine.refresh();
    world.engine.stop();
    await world.pass(0);
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    await world.start();
    await world.pass(30 * SECOND);
    world.server.next(hangs);
    const asked = world.engine.refresh();
    await settle();
    world.engine.stop();
    await world.pass(0);
    await expect(asked).rejects.toMatchObject({ code: 'aborted' });
    expect(world.errors).toEqual([]);
    expect(world.eventsOf('failure')).toEqual([]);
  });
});

describe('a request that a stop ended', () => {
  it('is made again at the start, where somebody had asked after a failure that stops', async () => {
    const world = createEngineWorld();
    world.server.next(fails(404), hangs);
    await world.start();
    void world.engine.refresh();
    await settle();
    world.engine.stop();
    await world.pass(0);
    await world.start();
    expect(world.now().status).toBe('ready');
    expect(world.eventsOf('request').map(({ reason }) => reason)).toEqual(['initial', 'manual', 'manual']);
  });

  it('is not made again at the start, where a token is held that has time', async () => {
    const world = createEngineWorld();
    await world.start();
    world.server.next(hangs);
    void world.engine.refresh();
    await settle();
    world.engine.stop();
    await world.pass(0);
    await world.start();
    expect(world.server.count()).toBe(2);
    await world.pass(54 * MINUTE);
    expect(world.server.count()).toBe(2);
    await world.pass(MINUTE);
    expect(world.eventsOf('request').at(-1)!.reason).toBe('scheduled');
  });
});

describe('an answer that comes after its attempt was given up', () => {
  it('explains no failure of the one that follows', async () => {
    const world = createEngineWorld();
    const gate = createGate();
    world.server.next(gate.hold(fails(503)));
    await world.start();
    world.engine.stop();
    await world.pass(0);
    let refuse = (): void => undefined;
    world.options.headers = () => new Promise((_resolve, reject) => (refuse = () => reject(new Error('no headers'))));
    await world.start();
    gate.open();
    await settle();
    refuse();
    await settle();
    expect(world.failures).toMatchObject([{ error: { code: 'network' }, exchange: undefined }]);
  });
});

describe('between stop and its macrotask', () => {
  it('no timer and no event begins a request', async () => {
    const world = createEngineWorld();
    await world.start();
    world.sleep(2 * HOUR);
    world.engine.stop();
    world.engine.wake();
    await settle();
    await world.pass(HOUR);
    expect(world.server.count()).toBe(1);
  });
});

describe('idle', () => {
  it('is what everything begins with, so it is not told', async () => {
    const world = createEngineWorld();
    await world.start(null);
    world.engine.freeze();
    world.engine.wake();
    await settle();
    expect([world.published, world.events]).toEqual([[], []]);
  });

  it('asks nothing, holds no timer and rejects refresh()', async () => {
    const world = createEngineWorld();
    await world.start(null);
    world.engine.wake();
    await world.pass(HOUR);
    expect(world.now()).toMatchObject({ status: 'idle', tenant: null, identity: null, nextAttemptAt: null });
    expect([world.server.count(), vi.getTimerCount()]).toEqual([0, 0]);
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'aborted' });
  });

  it('follows clear() in the same tick, and only refresh() or retry() ends it', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.clear();
    expect(world.now()).toMatchObject({ status: 'idle', tenant: null, lastRefreshedAt: null });
    expect(world.published.at(-1)!.status).toBe('idle');
    expect([world.clears.count, world.eventsOf('clear')]).toEqual([1, [{ type: 'clear', origin: 'here' }]]);
    world.engine.wake();
    world.engine.setVisible(true);
    await world.start();
    await world.pass(HOUR);
    expect(world.server.count()).toBe(1);
    await expect(world.engine.refresh()).resolves.toMatchObject({ id: 'acme' });
    expect(world.now().status).toBe('ready');
  });

  it('after clear() ends with a failure too: what may be retried is retried', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.clear();
    world.server.next(fails(503));
    world.engine.retry();
    await settle();
    expect(world.now().status).toBe('loading');
    await world.pass(SECOND);
    expect(world.now().status).toBe('ready');
  });

  it('rejects with aborted who waited for a refresh when clear() came', async () => {
    const world = createEngineWorld();
    world.server.next(hangs);
    await world.start();
    const refreshed = world.engine.refresh();
    world.engine.clear();
    await expect(refreshed).rejects.toMatchObject({ code: 'aborted' });
    expect(world.errors).toEqual([]);
  });
});

describe('wake', () => {
  it('is nothing to an engine that has stopped, nor is the back/forward cache', async () => {
    const world = createEngineWorld();
    world.server.next(fails(404));
    await world.start();
    world.engine.stop();
    await world.pass(MINUTE);
    world.engine.wake();
    world.engine.freeze();
    await world.start();
    expect([world.now().status, world.server.count()]).toEqual(['error', 1]);
    await world.engine.refresh();
    expect(world.now().status).toBe('ready');
  });

  it('asks at once where the token has ended', async () => {
    const world = createEngineWorld();
    await world.start();
    world.sleep(2 * HOUR);
    world.engine.wake();
    await settle();
    expect(world.now().status).toBe('ready');
    expect(world.eventsOf('request').at(-1)!.reason).toBe('expired');
  });

  it('asks nothing where nothing is due', async () => {
    const world = createEngineWorld();
    await world.start();
    await world.pass(MINUTE);
    for (let i = 0; i < 20; i += 1) world.engine.wake();
    await settle();
    expect(world.server.count()).toBe(1);
  });

  it('pulls a waiting retry forward, and waits its turn under the ceiling like any other attempt', async () => {
    const world = createEngineWorld();
    world.server.always = fails(503);
    await world.start();
    await world.pass(25 * SECOND);
    const asked = world.server.count();
    expect(world.now().nextAttemptAt!.getTime()).toBeGreaterThan(world.clock.now() + 5 * SECOND);
    world.engine.wake();
    await settle();
    expect(world.server.count()).toBe(asked + 1);
    expect(world.eventsOf('request').at(-1)!.reason).toBe('wake');
    for (let i = 0; i < 9; i += 1) {
      world.engine.wake();
      await settle();
    }
    const atOnce = world.server.count() - asked;
    expect(atOnce).toBeLessThanOrEqual(3);
    expect(world.now()).toMatchObject({ isRefreshing: true, nextAttemptAt: null });
    await world.pass(5 * SECOND);
    expect(world.server.count() - asked).toBe(atOnce + 1);
  });

  it('pulls no Retry-After and no floor forward', async () => {
    for (const answer of [fails(429, {}, { 'retry-after': '60' }), fails(200)]) {
      const world = createEngineWorld();
      world.server.next(answer);
      await world.start();
      await world.pass(29 * SECOND);
      world.engine.wake();
      await settle();
      expect(world.server.count()).toBe(1);
      await world.start(null);
    }
  });

  it('after a stop asks at once when 30 s have passed', async () => {
    const world = createEngineWorld();
    world.server.next(fails(404));
    await world.start();
    await world.pass(30 * SECOND);
    expect([world.server.count(), vi.getTimerCount()]).toEqual([1, 0]);
    world.engine.wake();
    await settle();
    expect(world.now().status).toBe('ready');
    expect(world.eventsOf('request').at(-1)!.reason).toBe('wake');
  });

  it.each([0, SECOND, 30 * SECOND - 1])(
    'that comes %i ms after a stop is remembered: asked once the 30 s are over, and that is told',
    async (ms) => {
      const world = createEngineWorld();
      world.server.next(fails(401));
      await world.start();
      await world.pass(ms);
      expect(world.now().nextAttemptAt).toBeNull();
      for (let i = 0; i < 3; i += 1) world.engine.wake();
      expect(world.now()).toMatchObject({ status: 'error', nextAttemptAt: new Date(START + 30 * SECOND) });
      await world.pass(30 * SECOND - ms - 1);
      expect(world.server.count()).toBe(1);
      await world.pass(1);
      expect([world.server.count(), world.now().status]).toEqual([2, 'ready']);
    },
  );

  it('that was remembered while the page is hidden is asked at its time too, and a click needs no waiting', async () => {
    const world = createEngineWorld();
    world.server.next(fails(401));
    await world.start();
    world.engine.wake();
    world.engine.setVisible(false);
    await world.pass(30 * SECOND);
    expect(world.now().status).toBe('ready');

    const clicked = createEngineWorld();
    clicked.server.next(fails(401));
    await clicked.start();
    clicked.engine.wake();
    clicked.engine.retry();
    await settle();
    await clicked.pass(MINUTE);
    expect([clicked.server.count(), clicked.now().status]).toEqual([2, 'ready']);
  });

  it('that was remembered asks once: a second stop waits for another wake', async () => {
    const world = createEngineWorld();
    world.server.always = fails(401);
    await world.start();
    world.engine.wake();
    await world.pass(10 * MINUTE);
    expect(world.server.count()).toBe(2);
    expect(world.lostSessions.length).toBe(1);
  });

  it('joins a request under way', async () => {
    const world = createEngineWorld();
    const gate = createGate();
    world.server.next(gate.hold(world.server.good));
    await world.start();
    world.engine.wake();
    world.engine.setVisible(true);
    await settle();
    expect(world.server.count()).toBe(1);
  });
});

describe('a page in the back/forward cache', () => {
  it('holds no token and asks nothing; on the way back it is expired until one refresh succeeds', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.freeze();
    expect(world.now()).toMatchObject({ status: 'expired', tenant: null });
    expect(world.published.at(-1)).toMatchObject({ status: 'expired', tenant: null });
    expect(vi.getTimerCount()).toBe(0);
    await world.pass(10 * MINUTE);
    expect(world.server.count()).toBe(1);
    world.server.next(fails(503));
    world.engine.wake();
    await settle();
    expect(world.now()).toMatchObject({ status: 'expired', tenant: null });
    await world.pass(SECOND);
    expect(world.now().status).toBe('ready');
  });

  it('stays put away where it says on its way in that it is visible', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.freeze();
    world.engine.setVisible(true);
    await world.start('beta');
    expect([world.now().tenant, world.server.count()]).toEqual([null, 1]);
  });

  it('has rejected who waited for a refresh, and aborted it', async () => {
    const world = createEngineWorld();
    world.server.next(hangs);
    await world.start();
    const refreshed = world.engine.refresh();
    world.engine.freeze();
    await expect(refreshed).rejects.toMatchObject({ code: 'aborted' });
    expect(world.server.requests[0]!.init.signal!.aborted).toBe(true);
    world.engine.wake();
    await settle();
    expect(world.now().status).toBe('ready');
  });

  it('stays idle on the way back after clear()', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.clear();
    world.engine.freeze();
    world.engine.wake();
    await world.pass(HOUR);
    expect([world.now().status, world.server.count()]).toEqual(['idle', 1]);
  });

  it('asks with no bearer of a token that it gave up', async () => {
    const world = createEngineWorld({
      permissionsEndpoint: 'https://app.example/permissions',
      server: { says: () => ({}) },
    });
    world.server.permissions = fails(503);
    await world.start();
    await world.pass(500);
    world.server.permissions = hangs;
    await world.pass(2_000);
    world.engine.freeze();
    world.server.always = fails(503);
    const asked = world.server.requests.length;
    world.engine.wake();
    await world.pass(MINUTE);
    expect(world.server.requests.slice(asked).filter(({ kind }) => kind === 'permissions')).toEqual([]);
  });
});

describe('clear() in another tab', () => {
  it('is a lost session here: dropped, stopped, told', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.clearElsewhere();
    expect(world.now()).toMatchObject({ status: 'error', tenant: null, error: { code: 'unauthenticated' } });
    expect(world.lostSessions).toMatchObject([{ code: 'unauthenticated' }]);
    expect(world.eventsOf('clear')).toEqual([{ type: 'clear', origin: 'other_tab' }]);
    expect(world.clears.count, 'it is not told on').toBe(0);
    await world.pass(HOUR);
    expect([world.server.count(), vi.getTimerCount()]).toEqual([1, 0]);
  });

  it('is one more failure in a row', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.clearElsewhere();
    expect(world.now().failureCount).toBe(1);
    world.server.next(fails(503), fails(503));
    await world.engine.refresh().catch(() => undefined);
    await world.engine.refresh().catch(() => undefined);
    world.engine.clearElsewhere();
    expect(world.now().failureCount).toBe(4);
  });

  it('means nothing to an engine that is idle', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.clear();
    world.engine.clearElsewhere();
    await world.start(null);
    world.engine.clearElsewhere();
    expect(world.now().status).toBe('idle');
    expect(world.lostSessions).toEqual([]);
  });

  it('sends no bearer any more', async () => {
    const world = createEngineWorld({
      permissionsEndpoint: 'https://app.example/permissions',
      server: { says: () => ({}) },
    });
    world.server.permissions = fails(503);
    await world.start();
    world.engine.clearElsewhere();
    const asked = world.server.requests.length;
    await world.pass(HOUR);
    expect(world.server.requests.length).toBe(asked);
  });
});

describe('before the first start', () => {
  it('nothing is asked: a page that is rendered on a server never starts', async () => {
    const world = createEngineWorld();
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'aborted' });
    expect(world.now()).toMatchObject({ status: 'idle' });
    expect([world.server.count(), vi.getTimerCount()]).toEqual([0, 0]);
  });
});
