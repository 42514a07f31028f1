import { describe, expect, it, vi } from 'vitest';
import { createEngineWorld, HOUR, MINUTE, SECOND, settle, START, useFakeTime } from '../engineWorld';
import { json } from '../tenantServer';

useFakeTime();

/** Answers that tell no server time. */
const SILENT = { says: () => ({}) };

describe('time', () => {
  it('closes the gate within one tick of a 2 h sleep that no event tells of, for exactly one request', async () => {
    const world = createEngineWorld();
    await world.start();
    world.sleep(2 * HOUR);
    await world.pass(SECOND);
    expect(world.published.some(({ status }) => status === 'expired')).toBe(true);
    expect(world.server.count()).toBe(2);
    expect(world.eventsOf('request').at(-1)).toMatchObject({ reason: 'expired' });
    expect(world.now().status).toBe('ready');
  });

  it('lets a token age from its own request on, not from a headers() that took long before it', async () => {
    const headers = (): Promise<Record<string, string>> =>
      new Promise((resolve) => setTimeout(() => resolve({}), 8 * SECOND));
    const world = createEngineWorld({ headers });
    await world.start();
    await world.pass(8 * SECOND);
    const { end } = world.now();
    expect(end!.endsAtMs - world.engine.now()).toBe(HOUR);
  });

  it('says expired on the next reading after a jump, though no timer has run', async () => {
    const world = createEngineWorld();
    await world.start();
    world.sleep(2 * HOUR);
    expect(world.now()).toMatchObject({ status: 'expired', tenant: null });
  });

  it('says expired after a freeze in which only monotonic time moved with the wall', async () => {
    const world = createEngineWorld();
    await world.start();
    world.stall(HOUR - 5 * SECOND - 1);
    expect(world.now().status).toBe('ready');
    world.stall(1);
    expect(world.now().status).toBe('expired');
  });

  it('closes the gate five seconds before the end, in the very millisecond, where no refresh succeeds', async () => {
    const world = createEngineWorld();
    await world.start();
    world.server.always = () => json({}, 503);
    await world.pass(HOUR - 5 * SECOND - 1);
    expect(world.now().status).toBe('ready');
    await world.pass(1);
    expect(world.now()).toMatchObject({ status: 'error', tenant: null });
  });

  it('tells subscribers of the end in that very millisecond too, whenever its last tick was', async () => {
    const world = createEngineWorld();
    await world.start();
    world.server.always = () => json({}, 503);
    await world.pass(HOUR - MINUTE);
    world.engine.setVisible(false);
    await world.pass(MINUTE - 5 * SECOND - 1);
    expect(world.published.at(-1)!.status).toBe('ready');
    await world.pass(1);
    expect(world.published.at(-1)).toMatchObject({ status: 'error', tenant: null });
  });

  it('is usable again within one fetch of becoming visible after a frozen background tab', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.setVisible(false);
    await world.pass(5 * MINUTE);
    world.stall(3 * HOUR);
    const seen: string[] = [];
    world.engine.subscribe(() => seen.push(world.now().status));
    world.engine.setVisible(true);
    expect(seen[0], 'the gate closes before anything is painted').toBe('expired');
    expect(world.now().isRefreshing).toBe(true);
    await settle();
    expect(world.now().status).toBe('ready');
    expect(world.server.count()).toBe(2);
  });

  it('reads the clock each minute while hidden and each second while visible', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.setVisible(false);
    world.sleep(2 * HOUR);
    await world.pass(MINUTE - 1);
    expect(world.server.count()).toBe(1);
    await world.pass(1);
    expect(world.server.count()).toBe(2);
    world.engine.setVisible(true);
    world.sleep(2 * HOUR);
    await world.pass(SECOND - 1);
    expect(world.server.count()).toBe(2);
    await world.pass(1);
    expect(world.server.count()).toBe(3);
  });

  it('refreshes on time on timers that only fire on minute boundaries', async () => {
    const world = createEngineWorld();
    world.engine.setVisible(false);
    await world.start();
    await world.pass(54 * MINUTE + 59 * SECOND);
    expect(world.server.count()).toBe(1);
    await world.pass(SECOND);
    expect(world.server.count()).toBe(2);
  });

  it.each([
    ['a token that ends in the year 9999', () => ({ lifetimeMs: Date.UTC(9999, 0, 1) - START })],
    ['an expiresIn of 1e12 seconds', () => ({ says: () => ({ expiresIn: 1e12 }), lifetimeMs: 365 * 24 * HOUR })],
  ])('makes one request in ten minutes for %s', async (_what, server) => {
    const world = createEngineWorld({ server: server() });
    await world.start();
    await world.pass(10 * MINUTE);
    expect(world.server.count()).toBe(1);
    expect(world.now()).toMatchObject({ status: 'ready', nextAttemptAt: new Date(START + 24 * HOUR - 5 * MINUTE) });
  });

  it('believes nothing to live over 24 hours', async () => {
    const world = createEngineWorld({ server: { lifetimeMs: 48 * HOUR } });
    world.engine.setVisible(false);
    await world.start();
    expect(world.now().tenant!.expiresAt).toEqual(new Date(START + 24 * HOUR));
    await world.pass(24 * HOUR - 5 * MINUTE);
    expect(world.server.count()).toBe(2);
  });

  it.each(['oops', true, {}, [], '2030-01-01T00:00:00'])(
    'refuses an expiresAt of %j with a typed error, and goes on',
    async (expiresAt) => {
      const world = createEngineWorld();
      world.server.next((request) => json({ token: world.server.mint(request).token, expiresAt }));
      await world.start();
      expect(world.now()).toMatchObject({ status: 'loading', error: { code: 'invalid_response' } });
      await world.pass(30 * SECOND);
      expect(world.now().status).toBe('ready');
    },
  );

  it.each([0, -5])(
    'takes an expiresIn of %j for a token that has ended: a typed error, and never a storm',
    async (expiresIn) => {
      const world = createEngineWorld({ server: { says: () => ({ expiresIn }) } });
      await world.start();
      expect(world.now().error?.code).toBe('token_expired_on_arrival');
      await world.pass(MINUTE);
      expect(world.server.count()).toBeLessThanOrEqual(6);
    },
  );

  it.each([
    ['6 minutes slow', -6 * MINUTE],
    ['an hour slow', -HOUR],
    ['6 minutes fast', 6 * MINUTE],
    ['40 minutes fast', 40 * MINUTE],
    ['70 minutes fast', 70 * MINUTE],
    ['a day slow', -24 * HOUR],
  ])('judges by true time on a clock that is %s, where the server tells its own', async (_what, clockOffMs) => {
    const world = createEngineWorld({ clockOffMs });
    await world.start();
    expect(world.now().tenant!.expiresAt.getTime() - world.clock.now()).toBe(HOUR);
    await world.pass(55 * MINUTE - 1);
    expect(world.server.count()).toBe(1);
    await world.pass(1);
    expect(world.server.count()).toBe(2);
  });

  it.each([-6 * MINUTE, -HOUR])(
    'never uses a dead token on a clock that is %i ms off, with no server time told',
    async (off) => {
      const world = createEngineWorld({ clockOffMs: off, server: SILENT });
      await world.start();
      world.server.always = () => json({}, 503);
      await world.pass(HOUR - 5 * SECOND);
      expect(world.now().tenant).toBeNull();
    },
  );

  it('is ready with at most three requests in the first minute where the clock is 70 min fast and none tells the time', async () => {
    const world = createEngineWorld({ clockOffMs: 70 * MINUTE, server: SILENT });
    await world.start();
    await world.pass(MINUTE);
    expect(world.now().status).toBe('ready');
    expect(world.server.count()).toBeLessThanOrEqual(3);
    expect(world.now().tenant!.expiresAt.getTime() - world.clock.now()).toBe(59 * MINUTE);
  });

  it('remembers such an offset: the next refresh costs one request', async () => {
    const world = createEngineWorld({ clockOffMs: 70 * MINUTE, server: SILENT });
    await world.start();
    const before = world.server.count();
    await world.pass(55 * MINUTE);
    expect(world.server.count()).toBe(before + 1);
    expect(world.now().tenant!.expiresAt.getTime() - world.clock.now()).toBe(HOUR);
  });

  it('on a clock that is 50 minutes fast takes of each token what that clock leaves of it, and no more', async () => {
    const world = createEngineWorld({ clockOffMs: 50 * MINUTE, server: SILENT });
    world.engine.setVisible(false);
    await world.start();
    await world.pass(HOUR - 1);
    expect(world.server.count()).toBe(12);
    expect(world.published.slice(2).every(({ status }) => status === 'ready')).toBe(true);
  });

  it('counts on through a clock that is set back by an hour in mid-life', async () => {
    const world = createEngineWorld();
    await world.start();
    await world.pass(30 * MINUTE);
    world.setClock(-HOUR);
    world.server.always = () => json({}, 503);
    await world.pass(25 * MINUTE);
    expect(world.server.count()).toBe(2);
    await world.pass(5 * MINUTE - 5 * SECOND);
    expect(world.now().tenant).toBeNull();
  });

  it('lets a token end early, never late, where the clock is set forward', async () => {
    const world = createEngineWorld();
    await world.start();
    world.setClock(2 * HOUR);
    await world.pass(SECOND);
    expect(world.server.count()).toBe(2);
    expect(world.now().status).toBe('ready');
    expect(world.now().tenant!.expiresAt.getTime() - world.clock.now()).toBe(HOUR);
  });

  it('recovers within two requests where a clock is set forward and the server tells no time', async () => {
    const world = createEngineWorld({ server: SILENT });
    await world.start();
    world.setClock(2 * HOUR);
    await world.pass(SECOND);
    expect(world.now().status).toBe('ready');
    expect(world.server.count()).toBe(3);
  });

  it.each([10, 30, 60, 300, 1_800, 3_600, 7_200])(
    'has a request or a timer after every firing, for tokens of %i s',
    async (seconds) => {
      const world = createEngineWorld({ server: { lifetimeMs: seconds * SECOND } });
      await world.start();
      for (let fired = 0; fired < 200; fired += 1) {
        await vi.advanceTimersToNextTimerAsync();
        await settle();
        expect(world.now().isRefreshing || vi.getTimerCount() > 0).toBe(true);
        expect(vi.getTimerCount()).toBeLessThanOrEqual(2);
      }
    },
  );

  it('starts the age of a token when its request was sent', async () => {
    const world = createEngineWorld();
    world.server.next(async (request) => {
      const minted = world.server.mint(request);
      world.stall(4 * SECOND);
      return json({ token: minted.token, serverTime: minted.issuedAtMs });
    });
    await world.start();
    expect(world.now().tenant!.expiresAt.getTime()).toBe(START + HOUR);
  });

  it('tells an expiresAt by the clock of the page, right also where that clock is wrong', async () => {
    const world = createEngineWorld({ clockOffMs: -3 * HOUR });
    await world.start();
    const { expiresAt } = world.now().tenant!;
    await world.pass(HOUR - 1);
    expect(new Date(world.clock.now()) > expiresAt).toBe(false);
    await world.pass(2);
    expect(new Date(world.clock.now()) > expiresAt).toBe(true);
  });
});
