import { describe, expect, it } from 'vitest';
import { createEngineWorld, useFakeTime } from '../engineWorld';

useFakeTime();

/** A page that doesn't know its tenant yet asks without one, and the answer says which it is. */
async function startUnknown(echo = 'acme') {
  const world = createEngineWorld({ server: { says: () => ({ tenantId: echo, permissions: { drillDown: true } }) } });
  await world.start(null, { tenantId: undefined });
  return world;
}

describe('a tenant id that is known only after the first answer', () => {
  it('is the same tenant where the answer has echoed it: no request, no word, the same token', async () => {
    const world = await startUnknown();
    const { tenant } = world.now();
    const told = world.events.length;
    await world.start('acme');
    expect(world.now().tenant).toBe(tenant);
    expect(world.server.requests).toHaveLength(1);
    expect(world.events).toHaveLength(told);
    await world.engine.refresh();
    expect(world.server.requests.at(-1)).toMatchObject({ tenantId: 'acme' });
    expect(world.eventsOf('permissions')).toHaveLength(1);
  });

  it('is said beforehand, for whoever renders with it before the engine runs for it', async () => {
    const world = await startUnknown();
    const { echoedIdentity } = world.engine.getSnapshot();
    await world.start('acme');
    expect(world.now().identity).toBe(echoedIdentity);
    expect(world.engine.getSnapshot().echoedIdentity).toBeNull();
  });

  it('is another tenant where the answer has echoed another: everything is asked anew', async () => {
    const world = await startUnknown();
    const { tenant } = world.now();
    await world.start('other');
    expect(world.server.requests).toHaveLength(2);
    expect(world.now().tenant?.token).not.toBe(tenant?.token);
  });

  it('is another tenant for another session', async () => {
    const world = await startUnknown();
    await world.start('acme', { sessionKey: 'somebody else' });
    expect(world.server.requests).toHaveLength(2);
  });

  it('is a switch where nothing was echoed', async () => {
    const world = createEngineWorld({ server: { says: () => ({}) } });
    await world.start(null, { tenantId: undefined });
    expect(world.engine.getSnapshot().echoedIdentity).toBeNull();
    await world.start('acme');
    expect(world.server.requests).toHaveLength(2);
  });
});

describe('an engine is alive, and concerned by what happens to its page', () => {
  it('while it runs, and after a stop for as long as its token may be used', async () => {
    const world = createEngineWorld();
    expect(world.engine.isAlive()).toBe(false);
    await world.start();
    expect(world.engine.isAlive()).toBe(true);
    world.engine.stop();
    await world.pass(0);
    expect(world.engine.isAlive()).toBe(true);
    world.sleep(60 * 60_000);
    expect(world.engine.isAlive()).toBe(false);
  });

  it('no more once it has been asked to stop and keeps nothing', async () => {
    const world = createEngineWorld();
    world.server.always = () => new Promise(() => undefined);
    await world.start();
    expect(world.engine.isAlive()).toBe(true);
    world.engine.stop();
    expect(world.engine.isAlive()).toBe(false);
  });
});
