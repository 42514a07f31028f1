import { describe, expect, it, vi } from 'vitest';
import { createEngineWorld, HOUR, MINUTE, SECOND, settle, useFakeTime } from '../engineWorld';
import { fails, hangs, json, unreachable } from '../tenantServer';

useFakeTime();

describe('onError', () => {
  it('is called at the first failure of a streak, at a change of code and at the turn to error, and not again', async () => {
    const world = createEngineWorld();
    world.server.next(fails(503), fails(503), fails(503), unreachable, unreachable);
    world.server.always = unreachable;
    await world.start();
    await world.pass(5 * MINUTE);
    expect(world.errors.map(({ error, status }) => [error.code, status])).toEqual([
      ['server', 'loading'],
      ['server', 'error'],
      ['network', 'error'],
    ]);
  });

  it('is called again in the next streak', async () => {
    const world = createEngineWorld();
    await world.start();
    for (let streak = 1; streak <= 2; streak += 1) {
      world.server.next(fails(503), fails(503));
      world.sleep(55 * MINUTE);
      await world.pass(30 * SECOND);
      expect(world.errors.length).toBe(streak);
      expect(world.errors.at(-1)!.status).toBe('ready');
    }
  });

  it('is called at the turn to error, when a token ends in an outage', async () => {
    const world = createEngineWorld();
    await world.start();
    world.server.always = fails(503);
    world.sleep(56 * MINUTE);
    await world.pass(MINUTE);
    world.sleep(4 * MINUTE);
    await world.pass(SECOND);
    expect(world.errors.map(({ status }) => status)).toEqual(['ready', 'error']);
  });

  it('is called once for a stop', async () => {
    const world = createEngineWorld();
    world.server.always = fails(404);
    await world.start();
    world.engine.retry();
    await settle();
    expect(world.errors.map(({ error, status }) => [error.code, status])).toEqual([['not_found', 'error']]);
  });

  it('is called for an option that is refused', async () => {
    const world = createEngineWorld({ refreshLeadMs: -1 });
    await world.start();
    expect(world.errors).toMatchObject([{ error: { code: 'invalid_options' }, status: 'error' }]);
    expect(world.server.requests).toEqual([]);
  });

  it('is called anew for another identity', async () => {
    const world = createEngineWorld();
    world.server.always = fails(404);
    await world.start('acme');
    await world.start('beta');
    expect(world.errors.length).toBe(2);
  });
});

describe('onUnauthenticated', () => {
  it.each([
    ['unauthenticated', fails(401)],
    ['token_expired', fails(401, { error: 'Token expired' })],
  ])('is called once a lost session, for %s', async (code, answer) => {
    const world = createEngineWorld();
    world.server.always = answer;
    await world.start();
    world.engine.retry();
    await settle();
    await world.pass(MINUTE);
    world.engine.wake();
    await settle();
    expect(world.server.count()).toBe(3);
    expect(world.lostSessions).toMatchObject([{ code }]);
  });

  it('is called once where the code changes meanwhile', async () => {
    const world = createEngineWorld();
    world.server.next(fails(401), fails(401, { error: 'Token expired' }), fails(503), fails(401));
    await world.start();
    for (let i = 0; i < 3; i += 1) {
      world.engine.retry();
      await world.pass(0);
    }
    expect(world.lostSessions.length).toBe(1);
  });

  it('is called again for the next lost session', async () => {
    const world = createEngineWorld();
    world.server.next(fails(401));
    await world.start();
    await world.engine.refresh();
    world.server.next(fails(401));
    world.engine.retry();
    await settle();
    expect(world.lostSessions.length).toBe(2);
  });

  it.each(['forbidden', 'tenant_mismatch', 'invalid_api_key', 'network'])('is not called for %s', async (code) => {
    const world = createEngineWorld();
    world.server.always = code === 'network' ? unreachable : fails(400, { code });
    await world.start();
    await world.pass(MINUTE);
    expect(world.errors[0]!.error.code).toBe(code);
    expect(world.lostSessions).toEqual([]);
  });

  it('may return a promise, which changes nothing: after 30 s a wake asks', async () => {
    const signedIn = vi.fn((): unknown => new Promise<void>(() => undefined));
    const world = createEngineWorld({ onUnauthenticated: signedIn });
    world.server.next(fails(401));
    await world.start();
    await world.pass(30 * SECOND);
    world.engine.wake();
    await settle();
    expect([signedIn.mock.calls.length, world.now().status]).toEqual([1, 'ready']);
  });
});

describe('callbacks', () => {
  it('that throw are reported as the errors of the app, and the chain goes on', async () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const boom = new Error('boom');
    const thrower = (): never => {
      throw boom;
    };
    const world = createEngineWorld({
      onEvent: thrower,
      onError: thrower,
      onPermissionsChange: thrower,
      onUnauthenticated: thrower,
    });
    world.server.next(fails(401));
    await world.start();
    world.engine.retry();
    await settle();
    expect(world.now().status).toBe('ready');
    await world.pass(55 * MINUTE);
    expect(world.server.count()).toBe(3);
    expect(reported.mock.calls.length).toBeGreaterThan(5);
    expect(reported.mock.calls.every(([error]) => error === boom)).toBe(true);
  });

  it('may all be missing', async () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const world = createEngineWorld({
      onEvent: undefined,
      onError: undefined,
      onPermissionsChange: undefined,
      onUnauthenticated: undefined,
    });
    world.server.next(fails(401));
    await world.start();
    await world.engine.refresh();
    expect(reported).not.toHaveBeenCalled();
  });

  it('are the newest ones', async () => {
    const world = createEngineWorld();
    await world.start();
    const newest = vi.fn();
    world.options.onEvent = newest;
    await world.engine.refresh();
    expect(newest).toHaveBeenCalledWith(expect.objectContaining({ type: 'success', reason: 'manual' }));
  });

  it('may call refresh(), which joins no flight that is over', async () => {
    const world = createEngineWorld();
    const retried: string[] = [];
    world.options.onError = () => {
      expect(world.now().isRefreshing).toBe(false);
      void world.engine.refresh().then(({ token }) => retried.push(token));
    };
    world.server.next(fails(503));
    await world.start();
    await settle();
    expect(retried).toEqual([world.server.minted[0]!.token]);
    expect(world.server.count()).toBe(2);
  });

  it('may call refresh() while a request is told of, which joins it', async () => {
    const world = createEngineWorld();
    world.options.onEvent = ({ type }) => {
      if (type === 'request') void world.engine.refresh();
    };
    await world.start();
    await world.pass(MINUTE);
    expect(world.server.count()).toBe(1);
  });

  it.each(['request', 'success', 'status', 'permissions'] as const)(
    'may call clear() at %s: nothing is left',
    async (type) => {
      const world = createEngineWorld();
      let isCleared = false;
      world.options.onEvent = (event) => {
        if (event.type !== type || isCleared || (event.type === 'status' && event.status !== 'ready')) return;
        isCleared = true;
        world.engine.clear();
      };
      await world.start();
      expect(isCleared).toBe(true);
      expect(world.now()).toMatchObject({ status: 'idle', tenant: null });
      await world.pass(HOUR);
      expect(world.now().status).toBe('idle');
      expect(world.server.count()).toBeLessThanOrEqual(1);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('that call clear() at a success have its refresh() rejected: no tenant is handed out after it', async () => {
    const world = createEngineWorld();
    await world.start();
    world.options.onEvent = ({ type }) => {
      if (type === 'success') world.engine.clear();
    };
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'aborted' });
    expect(world.now().status).toBe('idle');
  });

  it('tell what they themselves changed, after what they were told of', async () => {
    const world = createEngineWorld();
    const told: string[] = [];
    world.options.onEvent = (event) => {
      if (event.type === 'status') told.push(`${event.status} begins`);
      if (event.type === 'status' && event.status === 'ready') world.engine.clear();
      if (event.type === 'status') told.push(`${event.status} ends`);
    };
    await world.start();
    expect(told).toEqual(['loading begins', 'loading ends', 'ready begins', 'ready ends', 'idle begins', 'idle ends']);
  });

  it('of a page that calls clear() when it renders the tenant have its refresh() rejected', async () => {
    const world = createEngineWorld();
    await world.start();
    const off = world.engine.subscribe(() => {
      if (!world.now().isRefreshing) queueMicrotask(() => world.engine.clear());
    });
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'aborted' });
    off();
    expect(world.now().status).toBe('idle');
  });

  it('that call clear() from onUnauthenticated are told of nothing more', async () => {
    const world = createEngineWorld();
    world.options.onUnauthenticated = () => {
      world.engine.clear();
    };
    world.server.next(fails(401));
    await world.start();
    expect(world.now().status).toBe('idle');
    await world.engine.refresh();
    expect(world.now().status).toBe('ready');
  });
});

describe('onEvent', () => {
  it('tells an attempt from its request to its end, how long it took and when the next one follows', async () => {
    const world = createEngineWorld();
    world.server.next(() => new Promise((resolve) => setTimeout(() => resolve(json({}, 503)), 250)));
    await world.start();
    await world.pass(250);
    await world.pass(500);
    const { permissions } = world.now().tenant!;
    expect(world.events).toEqual([
      { type: 'status', status: 'loading', previous: 'idle' },
      { type: 'request', request: 'tenant', reason: 'initial', attempt: 1 },
      {
        type: 'failure',
        request: 'tenant',
        reason: 'initial',
        attempt: 1,
        durationMs: 250,
        code: 'server',
        retryInMs: 500,
      },
      { type: 'request', request: 'tenant', reason: 'retry', attempt: 2 },
      { type: 'success', request: 'tenant', reason: 'retry', attempt: 2, durationMs: 0 },
      { type: 'status', status: 'ready', previous: 'loading' },
      { type: 'permissions', permissions, previous: null },
    ]);
  });

  it('tells no next attempt where none follows', async () => {
    const world = createEngineWorld();
    world.server.next(fails(404));
    await world.start();
    expect(world.eventsOf('failure')[0]).not.toHaveProperty('retryInMs');
  });

  it('tells of an opaque token without any expiry that one hour is assumed, once', async () => {
    const world = createEngineWorld();
    let minted = 0;
    world.server.always = () => json({ token: `opaque-token-no-${(minted += 1)}`, tenantId: 'acme' });
    await world.start();
    expect(world.now().tenant!.expiresAt.getTime() - world.clock.now()).toBe(HOUR);
    await world.engine.refresh();
    expect(world.eventsOf('expiry_assumed').length).toBe(1);
  });

  it('tells no failure of what was given up', async () => {
    const world = createEngineWorld();
    world.server.next(hangs);
    await world.start();
    world.engine.clear();
    await settle();
    expect(world.eventsOf('failure')).toEqual([]);
  });
});

describe('onPermissionsChange', () => {
  it('tells the first set with null before, and each change after', async () => {
    const told: unknown[] = [];
    const world = createEngineWorld({
      onPermissionsChange: (now, before) => void told.push([now.drillDown, before?.drillDown ?? null]),
    });
    await world.start();
    await world.engine.refresh();
    world.server.next((request) => json({ token: world.server.mint(request).token, permissions: { addChart: true } }));
    await world.engine.refresh();
    expect(told).toEqual([
      [true, null],
      [false, true],
    ]);
  });

  it('tells the first set anew after clear() and after a switch', async () => {
    const told: unknown[] = [];
    const world = createEngineWorld({ onPermissionsChange: (_now, before) => void told.push(before) });
    await world.start('acme');
    world.engine.clear();
    await world.engine.refresh();
    await world.start('beta');
    expect(told).toEqual([null, null, null]);
  });
});
