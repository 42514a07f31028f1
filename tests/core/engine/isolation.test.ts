import { describe, expect, it, vi } from 'vitest';
import { createEngineWorld, type EngineWorld, MINUTE, SECOND, settle, useFakeTime } from '../engineWorld';
import { type Answer, createGate, fails, hangs, json } from '../tenantServer';

useFakeTime();

const LEAVES: [name: string, leave: (world: EngineWorld) => unknown, left: { status: string }][] = [
  ['a switch', (world) => world.start('beta'), { status: 'ready' }],
  ['clear()', (world) => world.engine.clear(), { status: 'idle' }],
  ['a turn to no tenant', (world) => world.start(null), { status: 'idle' }],
];

describe('a switch', () => {
  it('leaves nothing of the former tenant by the time start() returns', async () => {
    const world = createEngineWorld();
    await world.start('acme');
    const { identity } = world.now();
    void world.start('beta');
    expect(world.now()).toMatchObject({ status: 'loading', tenant: null, lastRefreshedAt: null });
    expect(world.now().identity).not.toBe(identity);
    await settle();
    expect(world.now().tenant!.id).toBe('beta');
  });

  it.each([
    ['tenantId', { tenantId: 'beta' }],
    ['sessionKey', { sessionKey: 'other' }],
    ['endpoint', { endpoint: 'https://app.example/other' }],
    ['a body that is data', { body: { team: 2 } }],
  ])('is what a change of %s is', async (_what, change) => {
    const world = createEngineWorld({ sessionKey: 'ann', body: { team: 1 } });
    await world.start('acme');
    Object.assign(world.options, change);
    void world.start('tenantId' in change ? change.tenantId : 'acme', change);
    expect(world.now()).toMatchObject({ status: 'loading', tenant: null });
    await settle();
    expect(world.server.count()).toBe(2);
  });

  it('is not what the same identity is: it costs no request', async () => {
    const world = createEngineWorld();
    await world.start('acme');
    const before = world.now();
    await world.start('acme');
    expect(world.now()).toBe(before);
    expect(world.server.count()).toBe(1);
  });

  it('aborts the request under way and rejects who waits for it', async () => {
    const world = createEngineWorld();
    world.server.next(hangs);
    await world.start('acme');
    const refreshed = world.engine.refresh();
    void world.start('beta');
    expect(world.server.requests[0]!.init.signal!.aborted).toBe(true);
    await expect(refreshed).rejects.toMatchObject({ code: 'aborted' });
    expect([world.errors, world.eventsOf('failure'), world.failures]).toEqual([[], [], []]);
  });
});

describe.each(LEAVES)('after %s', (_name, leave, left) => {
  it.each(['a good answer', 'a failure'])('%s that comes late changes nothing', async (kind) => {
    const world = createEngineWorld();
    const gate = createGate();
    world.server.next(gate.hold(kind === 'a failure' ? fails(401) : world.server.good));
    await world.start('acme');
    await leave(world);
    await settle();
    const before = world.now();
    const events = world.events.length;
    gate.open();
    await settle();
    expect(world.now()).toBe(before);
    expect(world.now()).toMatchObject(left);
    expect(world.now().tenant?.id).not.toBe('acme');
    expect(world.events.length).toBe(events);
  });

  it('no request is made for the former tenant, whatever it was in the middle of', async () => {
    const stages: ((world: EngineWorld) => Answer | undefined)[] = [
      () => undefined,
      () => hangs,
      () => fails(503),
      () => fails(401),
      (world) => (request) => world.server.tell(world.server.mint(request, 0)),
    ];
    for (const stage of stages) {
      const world = createEngineWorld();
      const answer = stage(world);
      if (answer) world.server.next(answer);
      await world.start('acme');
      await leave(world);
      await settle();
      const asked = world.server.requests.filter(({ tenantId }) => tenantId === 'acme').length;
      await world.pass(2 * MINUTE);
      expect(world.server.requests.filter(({ tenantId }) => tenantId === 'acme').length).toBe(asked);
      await world.start(null);
    }
  });

  it('from a callback at the retry of its permissions, no token is asked for any more', async () => {
    const world = createEngineWorld({
      permissionsEndpoint: 'https://app.example/permissions',
      server: { says: () => ({}) },
    });
    world.server.permissions = fails(503);
    await world.start('acme');
    let hasLeft = false;
    world.options.onEvent = (event) => {
      if (event.type === 'request' && event.request === 'permissions' && event.reason === 'retry') {
        hasLeft = true;
        void leave(world);
      }
    };
    world.sleep(56 * MINUTE);
    await world.pass(SECOND);
    expect(hasLeft).toBe(true);
    expect(world.server.requests.filter(({ tenantId }) => tenantId === 'acme').length).toBe(1);
    expect(world.now().tenant?.id).not.toBe('acme');
  });

  it('a dead token that arrives is not asked for again', async () => {
    const world = createEngineWorld();
    const asked = vi.fn();
    const gate = createGate();
    Object.assign(world.options, {
      endpoint: ({ tenantId }: { tenantId: string }) => {
        asked(tenantId);
        if (tenantId !== 'acme') return { token: world.server.mint({ tenantId }).token };
        return gate.hold((request) => world.server.tell(world.server.mint(request, 0)))({ tenantId } as never);
      },
    });
    await world.start('acme');
    gate.open();
    // The answer has come and its continuation has not run yet.
    for (let i = 0; i < 30; i += 1) {
      if (i === 6) void leave(world);
      await Promise.resolve();
    }
    await settle();
    expect(asked.mock.calls.filter(([id]) => id === 'acme').length).toBeLessThanOrEqual(2);
    await world.pass(SECOND);
    expect(world.now().tenant?.id).not.toBe('acme');
  });

  it('a 401 that arrives does not make an endpoint function sign in again for the former tenant', async () => {
    const asked: [string | undefined, boolean][] = [];
    let answer: (() => void) | undefined;
    const world = createEngineWorld({
      endpoint: async ({ tenantId, signal }) => {
        asked.push([tenantId, signal.aborted]);
        if (tenantId === 'acme') await new Promise<void>((resolve) => (answer = resolve));
        if (tenantId === 'acme') throw Object.assign(new Error('refused'), { status: 401 });
        return { token: 'x'.repeat(20), expiresIn: 600 };
      },
    });
    await world.start('acme');
    await leave(world);
    answer!();
    await settle();
    expect(asked.filter(([id]) => id === 'acme')).toEqual([['acme', false]]);
  });

  it('headers() that come late send nothing', async () => {
    let answer: ((headers: Record<string, string>) => void) | undefined;
    const world = createEngineWorld({
      headers: ({ tenantId }) => (tenantId === 'acme' ? new Promise((resolve) => (answer = resolve)) : {}),
    });
    const { fetch } = world.options;
    const called = vi.fn();
    world.options.fetch = (input, init) => {
      called(JSON.parse(init!.body as string));
      return fetch!(input, init);
    };
    await world.start('acme');
    await leave(world);
    await settle();
    answer!({});
    await settle();
    expect(called.mock.calls.filter(([body]) => (body as { tenantId: string }).tenantId === 'acme')).toEqual([]);
  });
});

describe('late answers', () => {
  it('in any order leave the tenant that is wanted last', async () => {
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      const world = createEngineWorld();
      const gates = [createGate(), createGate(), createGate()];
      world.server.next(...gates.map((gate) => gate.hold(world.server.good)));
      await world.start('acme');
      await world.start('beta');
      await world.start('acme', { sessionKey: 'second' });
      const { identity } = world.now();
      for (const index of order) {
        gates[index]!.open();
        await settle();
        expect(world.now().identity).toBe(identity);
        expect(world.now().status).toBe(order.indexOf(2) <= order.indexOf(index) ? 'ready' : 'loading');
      }
      expect(world.now().tenant!.token).toBe(world.server.minted[2]!.token);
      expect(world.published.filter(({ tenant }) => tenant).length).toBe(1);
      await world.start(null);
    }
  });
});

describe('another tenant', () => {
  it('echoed by the backend is refused, and the gate closes', async () => {
    const world = createEngineWorld();
    await world.start('acme');
    world.server.next(() => world.server.tell(world.server.mint({ tenantId: 'beta' })));
    await world.pass(55 * MINUTE);
    expect(world.now()).toMatchObject({ status: 'error', tenant: null, error: { code: 'tenant_mismatch' } });
  });

  it('than the first one echoed is refused in an app with one tenant, whose cookie now is of somebody else', async () => {
    const world = createEngineWorld();
    world.server.next(() => world.server.tell(world.server.mint({ tenantId: 'acme' })));
    world.server.always = () => world.server.tell(world.server.mint({ tenantId: 'beta' }));
    await world.start(undefined);
    await world.start(undefined);
    expect(world.now().tenant!.id).toBe('acme');
    await expect(world.engine.refresh()).rejects.toMatchObject({ code: 'tenant_mismatch' });
    expect(world.now().tenant).toBeNull();
  });

  it('with the token string of the former one is refused without any echo', async () => {
    const world = createEngineWorld({ server: { says: () => ({}) } });
    await world.start('acme');
    world.server.next(() => world.server.tell(world.server.minted[0]!));
    await world.start('beta');
    expect(world.now()).toMatchObject({ status: 'error', tenant: null, error: { code: 'tenant_mismatch' } });
  });

  it('may come back to its own token', async () => {
    const world = createEngineWorld({ server: { says: () => ({}) } });
    await world.start('acme');
    await world.start('beta');
    world.server.next(() => world.server.tell(world.server.minted[0]!));
    await world.start('acme');
    expect(world.now().tenant!.token).toBe(world.server.minted[0]!.token);
  });
});

describe('two engines', () => {
  it('interleaved share nothing: every bearer and every token is its own', async () => {
    const worlds = ['acme', 'beta'].map((id) => ({
      id,
      world: createEngineWorld({
        permissionsEndpoint: 'https://app.example/permissions',
        server: { says: () => ({}) },
      }),
    }));
    for (const { world, id } of worlds) void world.start(id);
    for (let round = 0; round < 20; round += 1) {
      for (const { world } of worlds) void world.engine.refresh();
      await worlds[0]!.world.pass(5 * SECOND);
    }
    for (const { id, world } of worlds) {
      const own = world.server.minted.map(({ token }) => `Bearer ${token}`);
      const bearers = world.server.requests.filter(({ kind }) => kind === 'permissions').map(({ bearer }) => bearer);
      expect(bearers.length).toBeGreaterThan(10);
      expect(bearers.every((bearer) => own.includes(bearer!))).toBe(true);
      expect(world.now().tenant!.id).toBe(id);
      expect(world.server.requests.every(({ kind, tenantId }) => kind === 'permissions' || tenantId === id)).toBe(true);
    }
  });
});

describe('the id of a tenant', () => {
  it('is unverified until the backend echoes it, and that is told once', async () => {
    const world = createEngineWorld({ server: { says: () => ({}) } });
    await world.start('acme');
    expect(world.eventsOf('tenant_unverified').length).toBe(1);
    await world.engine.refresh();
    expect(world.eventsOf('tenant_unverified').length).toBe(1);
    world.server.next(() => json({ token: world.server.mint({ tenantId: 'acme' }).token, tenantId: 'acme' }));
    await world.engine.refresh();
    expect(world.eventsOf('tenant_unverified').length).toBe(1);
  });

  it('is no key of a tenant that has none', async () => {
    const world = createEngineWorld({ server: { says: () => ({}) } });
    await world.start(null, { tenantId: undefined });
    expect(Object.keys(world.now().tenant!).sort()).toEqual(['expiresAt', 'permissions', 'token']);
  });

  it('that is told as unverified may be the end of it: its token asks for no permissions', async () => {
    const permissionsEndpoint = 'https://app.example/permissions';
    const world = createEngineWorld({
      permissionsEndpoint,
      server: { says: () => ({}) },
      onEvent: ({ type }) => type === 'tenant_unverified' && world.engine.clear(),
    });
    await world.start('acme');
    expect(world.server.requests.map(({ kind }) => kind)).toEqual(['tenant']);
  });
});
