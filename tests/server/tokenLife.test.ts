import { describe, expect, test } from 'vitest';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { readAnswer } from './fixtures/client';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';

const START = Date.parse('2030-01-01T00:00:00Z');
const MINUTE = 60_000;

/** Handler and Upsolve on one clock that the test moves; Upsolve's may be ahead. */
async function start(options: { reuseMs?: number; aheadMs?: number; lifetimeSeconds?: number; apart?: object } = {}) {
  const clock = { nowMs: START };
  const upsolve = await startFakeUpsolve();
  upsolve.now = () => clock.nowMs + (options.aheadMs ?? 0);
  upsolve.lifetimeSeconds = options.lifetimeSeconds ?? 3_600;
  const { handler } = createTestHandler({
    upsolveUrl: upsolve.url,
    now: () => clock.nowMs,
    ...(options.reuseMs !== undefined && { reuseMs: options.reuseMs }),
  });
  const register = async () => (await readAnswer(await handler(pageRequest('/tenant/register')))).body;
  return { clock, upsolve, handler, register };
}

describe('what is left', () => {
  test('is counted down from answer to answer, to the same end', async () => {
    const { clock, register } = await start();
    const first = await register();
    expect(first).toMatchObject({
      expiresIn: 3_600,
      serverTime: '2030-01-01T00:00:00.000Z',
      expiresAt: '2030-01-01T01:00:00.000Z',
    });
    clock.nowMs += 10 * MINUTE;
    expect(await register()).toEqual({ ...first, expiresIn: 3_000, serverTime: '2030-01-01T00:10:00.000Z' });
  });

  test.each([70 * MINUTE, -70 * MINUTE])('is right where Upsolve’s clock is %i ms away', async (aheadMs) => {
    const { register } = await start({ aheadMs });
    const { token, expiresIn, expiresAt, serverTime } = await register();
    expect(expiresIn).toBe(3_600);
    // The browser subtracts this from the token's own exp, so both must be of one clock.
    const { exp } = JSON.parse(atob(token.split('.')[1]!)) as { exp: number };
    expect(exp * 1_000 - Date.parse(serverTime)).toBe(3_600_000);
    expect(Date.parse(expiresAt)).toBe(exp * 1_000);
  });

  test('is never more than Upsolve says', async () => {
    const { upsolve, register } = await start();
    upsolve.answerWith = async (sent) => ({ body: { token: await upsolve.sign(sent), expiresIn: 90 } });
    expect((await register()).expiresIn).toBe(90);
  });

  test('of an opaque token is what Upsolve says of it', async () => {
    const { upsolve, register } = await start();
    upsolve.answerWith = () => ({ body: { token: 'opaque-opaque-opaque', expiresIn: 3_600 } });
    expect(await register()).toMatchObject({ token: 'opaque-opaque-opaque', expiresIn: 3_600 });
  });

  test('of a token that comes dead is nothing: a typed error, and nothing is kept', async () => {
    const { upsolve, handler } = await start();
    upsolve.answerWith = async (sent) => {
      const token = await upsolve.sign(sent);
      return { body: { token }, headers: { date: new Date(START + 2 * 60 * MINUTE).toUTCString() } };
    };
    for (let n = 1; n <= 2; n++) {
      const answer = await readAnswer(await handler(pageRequest('/tenant/register')));
      expect(answer).toMatchObject({ status: 502, body: { code: 'token_expired_on_arrival' } });
      expect(upsolve.requests).toHaveLength(n);
    }
  });
});

describe('a kept token is handed out again', () => {
  const tokensAt = async (options: Parameters<typeof start>[0], ...minutes: number[]): Promise<number[]> => {
    const { clock, register } = await start(options);
    const seen: string[] = [];
    const serials: number[] = [];
    for (const minute of minutes) {
      clock.nowMs = START + minute * MINUTE;
      const { token } = await register();
      if (!seen.includes(token)) seen.push(token);
      serials.push(seen.indexOf(token));
    }
    return serials;
  };

  test('while half of its lifetime is left', async () => {
    expect(await tokensAt({}, 0, 10, 30, 31)).toEqual([0, 0, 0, 1]);
  });

  test('while reuseMs is left', async () => {
    expect(await tokensAt({ reuseMs: 50 * MINUTE }, 0, 10, 11)).toEqual([0, 0, 1]);
  });

  test('never where its whole life is shorter than reuseMs', async () => {
    expect(await tokensAt({ reuseMs: 20 * MINUTE, lifetimeSeconds: 600 }, 0, 0, 1)).toEqual([0, 1, 2]);
  });

  test('with reuseMs 0 to its very end, and not after it', async () => {
    expect(await tokensAt({ reuseMs: 0 }, 0, 59, 60, 61)).toEqual([0, 0, 1, 1]);
  });
});

test('records of tokens that ended are taken out of a store that does not forget by itself', async () => {
  const clock = { nowMs: START };
  const upsolve = await startFakeUpsolve();
  upsolve.now = () => clock.nowMs;
  const kept = new Map<string, string>();
  const { handler } = createTestHandler({
    upsolveUrl: upsolve.url,
    now: () => clock.nowMs,
    encryptionKeys: ['e'.repeat(32)],
    store: {
      get: async (key) => kept.get(key),
      set: async (key, value) => kept.set(key, value),
      delete: async (key) => kept.delete(key),
    },
  });
  for (let hour = 0; hour < 24; hour++) {
    await handler.tenantFor(acme);
    clock.nowMs += 40 * MINUTE;
  }
  expect(upsolve.requests).toHaveLength(24);
  expect(kept.size).toBeLessThanOrEqual(4);
});
