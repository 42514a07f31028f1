import { describe, expect, it, vi } from 'vitest';
import type { UpsolveTenantErrorCode } from '../../../src/core/errors';
import {
  createEngineWorld,
  type EngineWorld,
  HOUR,
  MINUTE,
  mostInAMinute,
  SECOND,
  settle,
  START,
  useFakeTime,
} from '../engineWorld';
import { type Answer, createGate, fails, hangs, json, page, unreachable } from '../tenantServer';

useFakeTime();

const FAULTS: [name: string, Answer, UpsolveTenantErrorCode][] = [
  ['a dead network', unreachable, 'network'],
  ['a fetch that never settles and ignores abort', hangs, 'timeout'],
  [
    'a body that never ends',
    () => ({ ...json({}), headers: new Headers(), status: 200, text: hangs }) as never,
    'timeout',
  ],
  ['408', fails(408), 'timeout'],
  ['425', fails(425), 'server'],
  ['500', fails(500), 'server'],
  ['503', fails(503), 'server'],
  ['429', fails(429, {}, { 'retry-after': '7' }), 'rate_limited'],
  ['HTML with 200', () => page(), 'invalid_response'],
  ['HTML with 403', () => page(403), 'invalid_response'],
  ['JSON without a token', () => json({ ok: true }), 'invalid_response'],
  ['JSON that is null', () => json(null), 'invalid_response'],
  ['a token that is none', () => json({ token: 'short' }), 'invalid_response'],
];
const STOPS: [name: string, Answer, UpsolveTenantErrorCode][] = [
  ['401', fails(401), 'unauthenticated'],
  ['401 "Token expired"', fails(401, { error: 'Token expired' }), 'token_expired'],
  ['401 "Invalid API key"', fails(401, { error: 'Invalid API key' }), 'invalid_api_key'],
  ['403', fails(403), 'forbidden'],
  ['404', fails(404), 'not_found'],
  ['400', fails(400), 'invalid_tenant_configuration'],
  ['418', fails(418), 'invalid_response'],
];

describe('one failure', () => {
  describe.each(FAULTS)('%s', (_name, answer, code) => {
    it(`is ${code} at the first request, and the next one succeeds by itself`, async () => {
      const world = createEngineWorld();
      world.server.next(answer);
      await world.start();
      if (world.now().isRefreshing) await world.pass(10 * SECOND);
      expect(world.now()).toMatchObject({ status: 'loading', error: { code }, failureCount: 1 });
      await world.pass(30 * SECOND);
      expect(world.now()).toMatchObject({ status: 'ready', failureCount: 0 });
      expect(world.server.count()).toBe(2);
    });

    it('leaves the dashboard mounted when a refresh fails with it', async () => {
      const world = createEngineWorld();
      world.engine.setVisible(false);
      await world.start();
      const { token } = world.now().tenant!;
      world.server.next(answer);
      await world.pass(55 * MINUTE + 10 * SECOND);
      expect(world.eventsOf('failure')).toMatchObject([{ code, reason: 'scheduled' }]);
      expect(world.published.slice(2).every(({ status }) => status === 'ready')).toBe(true);
      await world.pass(30 * SECOND);
      expect(world.now()).toMatchObject({ status: 'ready', failureCount: 0 });
      expect(world.now().tenant!.token).not.toBe(token);
    });

    it('is followed by a good answer when it comes after the token has ended', async () => {
      const world = createEngineWorld();
      await world.start();
      world.sleep(2 * HOUR);
      world.server.next(answer);
      await world.pass(SECOND);
      expect(world.now().status).toBe('expired');
      await world.pass(41 * SECOND);
      expect(world.now().status).toBe('ready');
    });

    it('is followed by a good answer when it answers a retry', async () => {
      const world = createEngineWorld();
      world.server.next(fails(503), answer);
      await world.start();
      await world.pass(MINUTE);
      expect(world.now().status).toBe('ready');
    });

    it('is followed by a good answer while the tab is hidden', async () => {
      const world = createEngineWorld();
      world.engine.setVisible(false);
      world.server.next(answer);
      await world.start();
      await world.pass(41 * SECOND);
      expect(world.now().status).toBe('ready');
    });
  });

  describe.each(STOPS)('%s', (_name, answer, code) => {
    it(`stops as ${code} at the first request: nothing is asked by itself, and a click asks at once`, async () => {
      const world = createEngineWorld();
      world.server.next(answer);
      await world.start();
      expect(world.now()).toMatchObject({ status: 'error', error: { code }, nextAttemptAt: null });
      await world.pass(10 * MINUTE);
      expect(world.server.count()).toBe(1);
      expect(vi.getTimerCount()).toBe(0);
      world.engine.retry();
      await settle();
      expect(world.now().status).toBe('ready');
    });
  });

  it.each([
    ['unauthenticated', fails(401)],
    ['token_expired', fails(401, { error: 'Token expired' })],
    ['forbidden', fails(403)],
    ['tenant_mismatch', (request) => json({ token: `opaque-${request.atMs}`, tenantId: 'other' })],
  ])('drops the token in use where it is %s', async (code, answer) => {
    const world = createEngineWorld();
    await world.start();
    world.server.next(answer);
    void world.engine.refresh();
    await settle();
    expect(world.now()).toMatchObject({ status: 'error', tenant: null, error: { code } });
  });

  it.each([
    ['invalid_api_key', fails(401, { error: 'Invalid API key' })],
    ['invalid_tenant_configuration', fails(422)],
    ['not_found', fails(405)],
    ['invalid_response', fails(418)],
  ])('keeps the token in use where it is %s, until its end, and asks no more', async (code, answer) => {
    const world = createEngineWorld();
    world.engine.setVisible(false);
    await world.start();
    world.server.next(answer);
    await world.pass(55 * MINUTE);
    expect(world.now()).toMatchObject({ status: 'ready', error: { code } });
    await world.pass(5 * MINUTE - 5 * SECOND - 1);
    expect(world.now().status).toBe('ready');
    expect(world.server.count()).toBe(2);
  });

  it('keeps such a token no longer than its life', async () => {
    const world = createEngineWorld();
    await world.start();
    world.server.always = fails(404);
    void world.engine.refresh();
    await settle();
    world.stall(HOUR - 5 * SECOND);
    await world.pass(SECOND);
    expect(world.now()).toMatchObject({ status: 'error', tenant: null, error: { code: 'not_found' } });
    expect(world.server.count()).toBe(2);
  });
});

describe('an outage', () => {
  it('keeps the dashboard until the real end, closes the gate in that tick, and goes on asking', async () => {
    const world = createEngineWorld();
    await world.start();
    world.engine.setVisible(false);
    await world.pass(54 * MINUTE);
    world.engine.setVisible(true);
    world.server.always = unreachable;
    await world.pass(6 * MINUTE - 5 * SECOND - 1);
    expect(world.now()).toMatchObject({ status: 'ready', error: { code: 'network' } });
    await world.pass(1);
    expect(world.now()).toMatchObject({ status: 'error', tenant: null });
    const asked = world.server.count();
    await world.pass(5 * MINUTE);
    expect(world.server.count()).toBeGreaterThan(asked + 4);
    world.server.always = (request) => world.server.good(request);
    await world.pass(MINUTE);
    expect(world.now()).toMatchObject({ status: 'ready', failureCount: 0 });
  });

  it('shows an error from the second failure in a row on, and loading before', async () => {
    const world = createEngineWorld();
    world.server.always = fails(503);
    await world.start();
    expect(world.now()).toMatchObject({ status: 'loading', error: { code: 'server', status: 503, attempt: 1 } });
    await world.pass(SECOND);
    expect(world.now()).toMatchObject({ status: 'error', error: { code: 'server', attempt: 2 } });
    expect(world.now().nextAttemptAt).toEqual(new Date(world.clock.now() + SECOND / 2));
  });

  it.each([0, 0.5, 0.999_999])(
    'is asked after with doubling and equal jitter, up to a minute (chance %d)',
    async (chance) => {
      const world = createEngineWorld({ random: () => chance });
      world.engine.setVisible(false);
      world.server.always = fails(503);
      await world.start();
      await world.pass(8 * MINUTE);
      const times = world.server.requests.map(({ atMs }) => atMs);
      const gaps = times.slice(1).map((atMs, i) => atMs - times[i]!);
      const full = [1, 2, 4, 8, 16, 32, 60, 60, 60];
      const wanted = full.map((seconds) => (seconds / 2) * (1 + chance) * SECOND);
      // The luckiest page comes to the ceiling: its fourth and fifth attempts wait their turn.
      if (chance === 0) [wanted[2], wanted[3]] = [3_500, 5_000];
      gaps.slice(0, 9).forEach((gap, i) => expect(gap).toBeCloseTo(wanted[i]!, -1));
    },
  );

  it('is asked after every 30 s at most while a usable token is held', async () => {
    const world = createEngineWorld({ random: () => 0.999_999, refreshLeadMs: 25 * MINUTE });
    world.engine.setVisible(false);
    await world.start();
    world.server.always = fails(503);
    await world.pass(45 * MINUTE);
    const times = world.server.requests.map(({ atMs }) => atMs);
    expect(Math.max(...times.slice(2).map((atMs, i) => atMs - times[i + 1]!))).toBeCloseTo(30 * SECOND, -1);
  });

  it.each([
    ['0', SECOND],
    ['7', 7 * SECOND],
    ['3600', 5 * MINUTE],
  ])('waits as long as Retry-After: %s says, within 1 s and 5 min', async (retryAfter, waitMs) => {
    const world = createEngineWorld();
    world.server.next(fails(429, {}, { 'retry-after': retryAfter }));
    await world.start();
    expect(world.now().nextAttemptAt).toEqual(new Date(START + waitMs));
    await world.pass(waitMs - 1);
    expect(world.server.count()).toBe(1);
    await world.pass(1);
    expect(world.server.count()).toBe(2);
  });

  it('honours Retry-After beside 503, and refresh() skips it', async () => {
    const world = createEngineWorld();
    world.server.next(fails(503, {}, { 'retry-after': '120' }));
    await world.start();
    expect(world.now()).toMatchObject({
      nextAttemptAt: new Date(START + 2 * MINUTE),
      error: { retryAfterMs: 120_000 },
    });
    await expect(world.engine.refresh()).resolves.toMatchObject({ id: 'acme' });
  });

  it('is no logout: nobody is told of a lost session', async () => {
    const world = createEngineWorld();
    world.server.always = unreachable;
    await world.start();
    await world.pass(5 * MINUTE);
    expect(world.lostSessions).toEqual([]);
  });
});

describe('the first endpoint', () => {
  const urls = (world: EngineWorld): string[] =>
    world.server.requests.map(({ url }) => url.slice(url.lastIndexOf('/')));

  it('is asked until it has answered with a token, and then the other one', async () => {
    const world = createEngineWorld();
    world.server.next(fails(503), unreachable);
    await world.start();
    await world.pass(10 * SECOND);
    await world.engine.refresh();
    expect(urls(world)).toEqual(['/register', '/register', '/register', '/refresh']);
  });

  it("is not asked again where it has answered with a token that can't be used", async () => {
    const world = createEngineWorld();
    world.server.next((request) => world.server.tell(world.server.mint(request, world.trueNow() - 2 * HOUR)));
    await world.start();
    expect(urls(world)).toEqual(['/register', '/refresh']);
  });
});

describe('a server that never renews', () => {
  it('with the same token for ever is asked every 30 s from the lead on, and its token is used to its end', async () => {
    const world = createEngineWorld({ server: { lifetimeMs: 20 * MINUTE } });
    world.engine.setVisible(false);
    await world.start();
    world.server.always = () => world.server.tell(world.server.minted[0]!);
    await world.pass(20 * MINUTE - 5 * SECOND - 1);
    expect(world.now()).toMatchObject({ status: 'ready', error: { code: 'token_not_renewed' }, failureCount: 0 });
    await world.pass(20 * MINUTE);
    expect(world.now()).toMatchObject({ status: 'error', error: { code: 'token_expired_on_arrival' } });
    const times = world.server.requests.map(({ atMs }) => atMs);
    expect(mostInAMinute(times)).toBeLessThanOrEqual(4);
  });

  it.each([
    ['a stale session, then dead tokens', ['stale', 'dead', 'dead'], 'token_expired_on_arrival'],
    ['redirects to a stale session, then to a dead token', ['302', 'stale', '302', 'dead'], 'token_expired_on_arrival'],
    ['a redirect to a dead token, then to a stale session', ['302', 'dead', '302', 'stale'], 'unauthenticated'],
    ['a stale session, then redirects', ['stale', '302', 'dead', '302'], 'invalid_response'],
  ])('with %s is sent four requests an attempt at most', async (_what, answers, code) => {
    const world = createEngineWorld({ headers: () => ({ authorization: 'Bearer session' }) });
    const say: Record<string, Answer> = {
      stale: fails(401),
      302: fails(302),
      dead: (request) => world.server.tell(world.server.mint(request, world.trueNow() - 2 * HOUR)),
    };
    world.server.next(...answers.map((name) => say[name]!));
    await world.start();
    expect(world.now().error?.code).toBe(code);
    expect(world.server.requests).toHaveLength(answers.length);
  });

  it('with a dead token for ever is asked twice at once, and again after 30 s', async () => {
    const world = createEngineWorld();
    world.server.always = (request) => world.server.tell(world.server.mint(request, world.trueNow() - 2 * HOUR));
    await world.start();
    expect(world.now()).toMatchObject({ status: 'loading', error: { code: 'token_expired_on_arrival' } });
    expect(world.server.requests.map(({ url }) => url)).toEqual([
      'https://app.example/register',
      'https://app.example/refresh',
    ]);
    expect(world.now().nextAttemptAt).toEqual(new Date(START + 30 * SECOND));
    await world.pass(10 * MINUTE);
    expect(mostInAMinute(world.server.requests.map(({ atMs }) => atMs))).toBeLessThanOrEqual(6);
    expect(world.now().status).toBe('error');
  });

  it('with tokens of 10 s is asked every 5 s, and is ready between', async () => {
    const world = createEngineWorld({ server: { lifetimeMs: 10 * SECOND } });
    await world.start();
    await world.pass(MINUTE);
    expect(world.server.requests.map(({ atMs }) => atMs - START)).toEqual(
      [...Array(13).keys()].map((n) => n * 5 * SECOND),
    );
    expect(world.published.slice(2).every(({ status }) => status === 'ready')).toBe(true);
  });

  it('with tokens of 2 s is asked three times at once, and then every 5 s', async () => {
    const world = createEngineWorld({ server: { lifetimeMs: 2 * SECOND } });
    await world.start();
    await world.pass(MINUTE);
    const times = world.server.requests.map(({ atMs }) => atMs - START);
    expect(times.slice(0, 3)).toEqual([0, SECOND, 2 * SECOND]);
    expect(times.slice(3)).toEqual(Array.from({ length: 12 }, (_, i) => (i + 1) * 5 * SECOND));
  });

  it('with an older token than the one in use is refused, 30 s apart', async () => {
    const world = createEngineWorld();
    await world.start();
    const { token } = world.now().tenant!;
    world.server.next((request) => world.server.tell(world.server.mint(request, START - MINUTE)));
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'token_not_renewed' });
    expect(world.now().tenant!.token).toBe(token);
    expect(world.now().nextAttemptAt).toEqual(new Date(START + 30 * SECOND));
  });
});

describe('a flight', () => {
  it('that failed is not remembered: the first call rejects, the second asks again', async () => {
    const world = createEngineWorld();
    await world.start();
    world.server.next(fails(500));
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'server' });
    await expect(world.engine.refresh()).resolves.toMatchObject({ id: 'acme' });
    expect(world.server.count()).toBe(3);
  });

  it.each(['headers', 'body', 'fetch', 'text', 'endpoint'] as const)(
    'that hangs in %s for ever ends after the timeout, and the next caller proceeds',
    async (where) => {
      const world = createEngineWorld({ requestTimeoutMs: 3 * SECOND });
      const never = (): Promise<never> => new Promise(() => undefined);
      const { endpoint } = world.options;
      if (where === 'headers') world.options.headers = never;
      if (where === 'body') world.options.body = never;
      if (where === 'fetch') world.server.next(hangs);
      if (where === 'text') world.server.next(() => ({ status: 200, headers: new Headers(), text: never }) as never);
      if (where === 'endpoint') world.options.endpoint = never;
      await world.start();
      await world.pass(3 * SECOND - 1);
      expect(world.now()).toMatchObject({ isRefreshing: true });
      await world.pass(1);
      expect(world.now()).toMatchObject({ isRefreshing: false, error: { code: 'timeout' } });
      Object.assign(world.options, { headers: undefined, body: undefined, endpoint });
      await world.pass(SECOND);
      expect(world.now().status).toBe('ready');
    },
  );

  it('times out after ten seconds and aborts what it had begun', async () => {
    const world = createEngineWorld();
    world.server.next(hangs);
    await world.start();
    const { signal } = world.server.requests[0]!.init;
    await world.pass(10 * SECOND - 1);
    expect(signal!.aborted).toBe(false);
    await world.pass(1);
    expect(signal!.aborted).toBe(true);
  });

  it('is one, for as many as ask at once', async () => {
    const world = createEngineWorld();
    const gate = createGate();
    world.server.next(gate.hold(world.server.good));
    await world.start();
    const asked = Array.from({ length: 50 }, () => world.engine.refresh());
    await settle();
    gate.open();
    const tenants = await Promise.all(asked);
    expect(new Set(tenants).size).toBe(1);
    expect(world.server.count()).toBe(1);
  });

  it('takes 500 refreshes in turn with one timer at rest', async () => {
    const world = createEngineWorld();
    world.engine.setVisible(false);
    await world.start();
    for (let i = 0; i < 500; i += 1) {
      const refreshed = world.engine.refresh();
      await world.pass(7 * SECOND);
      await refreshed;
      expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
    }
    expect(world.server.count()).toBe(501);
  });
});
