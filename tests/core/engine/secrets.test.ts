import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createEngineWorld, type EngineWorld, MINUTE, SECOND, settle, useFakeTime } from '../engineWorld';
import { type Answer, createGate, fails, json } from '../tenantServer';

useFakeTime();

/** The signature of every token that the server minted, and its body. */
const sentinelsOf = (world: EngineWorld): string[] =>
  world.server.minted.flatMap(({ token }) => token.split('.').slice(1));

/** Everything that an app could print of what it was handed. */
function print(values: readonly unknown[]): string {
  return values
    .map((value) =>
      [
        inspect(value, { depth: 9, showHidden: true, getters: true }),
        JSON.stringify(value),
        String(value),
        String((value as Error).stack),
        String((value as Error).cause),
      ].join('\n'),
    )
    .join('\n');
}

/** Answers that quote the token, as a careless backend or proxy does. */
const QUOTING: [name: string, (token: string) => Response][] = [
  ['a failure', (token) => json({ error: `token ${token} refused`, token }, 500)],
  ['a refusal', (token) => json({ message: `Bearer ${token} is over`, code: token }, 401)],
  ['a page', (token) => Object.assign(json({}), { text: async () => `<pre>${token}</pre>` })],
  [
    'a broken body',
    (token) => Object.assign(json({}), { text: () => Promise.reject(new SyntaxError(`"${token}" is not valid JSON`)) }),
  ],
  [
    'a broken connection',
    (token) =>
      Object.assign(json({}), { text: () => Promise.reject(new TypeError(`GET https://a.example/?jwt=${token}`)) }),
  ],
  ['an expiry that is none', (token) => json({ token, expiresAt: token })],
  ['a token with more behind it', (token) => json({ token: `${token} ${token}` })],
  ['another tenant', (token) => json({ token, tenantId: token })],
  ['a token of the past', (token) => json({ token, expiresAt: 1 })],
];

describe('the token', () => {
  it.each(QUOTING)('is in no error, event or outcome of %s that quotes it', async (_name, quote) => {
    const world = createEngineWorld();
    const answer: Answer = (request) => quote(world.server.mint(request).token);
    world.server.next(answer, answer);
    await world.start();
    const rejected: unknown[] = [];
    void world.engine.refresh().catch((error: unknown) => rejected.push(error));
    await world.pass(SECOND);
    const printed = print([
      ...rejected,
      ...world.errors.map(({ error }) => error),
      ...world.events,
      ...world.lostSessions,
    ]);
    expect(world.server.minted.length).toBeGreaterThan(0);
    expect(world.errors.length).toBeGreaterThan(0);
    for (const sentinel of sentinelsOf(world)) expect(printed).not.toContain(sentinel);
  });

  it.each([
    ['an error with the token in it', (token: string) => new Error(`cannot use ${token}`)],
    [
      'the error of a library, with its whole request',
      (token: string) => ({
        message: `Bearer ${token}`,
        config: { headers: { token } },
        response: { status: 500, data: { token } },
      }),
    ],
    ['a string', (token: string) => token],
    ['an error with a cause', (token: string) => new Error('outer', { cause: new Error(token) })],
  ])('is in no error where an endpoint function throws %s', async (_name, thrown) => {
    const world = createEngineWorld();
    world.options.endpoint = ({ tenantId }) => Promise.reject(thrown(world.server.mint({ tenantId }).token));
    await world.start();
    const printed = print([...world.errors.map(({ error }) => error), ...world.events]);
    expect(world.errors.length).toBe(1);
    for (const sentinel of sentinelsOf(world)) expect(printed).not.toContain(sentinel);
  });

  it('is in no URL that is asked', async () => {
    const world = createEngineWorld({ permissionsEndpoint: '/permissions', server: { says: () => ({}) } });
    await world.start();
    await world.engine.refresh();
    const urls = world.server.requests.map(({ url }) => url).join(' ');
    for (const sentinel of sentinelsOf(world)) expect(urls).not.toContain(sentinel);
  });

  it('is in no snapshot, error or event after clear(), a stop and a late answer', async () => {
    const world = createEngineWorld();
    const gate = createGate();
    await world.start();
    world.server.next(gate.hold(world.server.good));
    void world.engine.refresh();
    await settle();
    world.engine.clear();
    gate.open();
    await world.pass(MINUTE);
    const printed = print([world.now(), ...world.events, ...world.errors]);
    for (const sentinel of sentinelsOf(world)) expect(printed).not.toContain(sentinel);
  });

  it('is in no event of a life without failures, and neither are URL, tenant id and name', async () => {
    const world = createEngineWorld({ permissionsEndpoint: 'https://app.example/permissions' });
    world.server.next(fails(503));
    await world.start('acme-corp');
    await world.pass(SECOND);
    await world.engine.refresh();
    world.engine.clear();
    const printed = print(world.events);
    for (const sentinel of [...sentinelsOf(world), 'acme-corp', 'app.example']) expect(printed).not.toContain(sentinel);
  });
});
