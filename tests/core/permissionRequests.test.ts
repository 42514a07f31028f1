import { beforeEach, describe, expect, it } from 'vitest';
import { UpsolveTenantError } from '../../src/core/errors';
import type { UpsolveTenantEvent } from '../../src/core/events';
import { READ_ONLY, type UpsolvePermissions } from '../../src/core/permissions';
import { createPermissionRequests } from '../../src/core/permissionRequests';

/** A request under way, to be answered. */
interface Request {
  readonly token: string;
  readonly reason: string;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly resolve: (body: unknown) => Promise<void>;
  readonly reject: (error: unknown) => Promise<void>;
}

const GRANT = { permissions: { drillDown: true } };
let nowMs = 0;
let usable: string | undefined;
let requests: Request[] = [];
let events: UpsolveTenantEvent[] = [];
let granted: UpsolvePermissions[] = [];
let expired: string[] = [];
let changes = 0;
let loop: ReturnType<typeof createPermissionRequests>;

async function flush(): Promise<void> {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
}

beforeEach(() => {
  [nowMs, usable, requests, events, granted, expired, changes] = [1_000, 'token', [], [], [], [], 0];
  loop = createPermissionRequests({
    now: () => nowMs,
    random: () => 1,
    tell: (event) => void events.push(event),
    send: (token, reason, attempt, signal) =>
      new Promise((resolve, reject) => {
        requests.push({
          token,
          reason,
          attempt,
          signal,
          resolve: (body) => (resolve(body), flush()),
          reject: (error) => (reject(error), flush()),
        });
      }),
    isInUse: (token) => token === usable,
    onPermissions: (permissions) => void granted.push(permissions),
    onTokenExpired: (token) => void expired.push(token),
    onChange: () => void (changes += 1),
  });
});

const fails = (code: ConstructorParameters<typeof UpsolveTenantError>[0], retryAfterMs?: number): UpsolveTenantError =>
  new UpsolveTenantError(code, { retryAfterMs });

describe('a request for permissions', () => {
  it('tells what it asks and what came of it', async () => {
    void loop.ask('token');
    const told = { request: 'permissions', reason: 'initial', attempt: 1 };
    expect(events).toEqual([{ type: 'request', ...told }]);
    expect(requests).toMatchObject([{ token: 'token', reason: 'initial', attempt: 1 }]);
    nowMs += 40;
    await requests[0]!.resolve(GRANT);
    expect(events.slice(1)).toEqual([{ type: 'success', ...told, durationMs: 40 }]);
    expect(granted).toMatchObject([{ drillDown: true, readOnly: false }]);
    expect([changes, loop.getDueAt()]).toEqual([1, null]);
  });

  it('that fails tells when it asks again, and then does', async () => {
    void loop.ask('token');
    nowMs += 40;
    await requests[0]!.reject(fails('server'));
    const told = { request: 'permissions', reason: 'initial', attempt: 1, durationMs: 40 };
    expect(events.slice(1)).toEqual([{ type: 'failure', ...told, code: 'server', retryInMs: 1_000 }]);
    expect([changes, loop.getDueAt(), granted]).toEqual([1, 2_040, []]);

    nowMs = 2_039;
    loop.step();
    expect(requests.length).toBe(1);
    nowMs = 2_040;
    loop.step();
    expect(requests[1]).toMatchObject({ token: 'token', reason: 'retry', attempt: 2 });
    expect(events[2]).toEqual({ type: 'request', request: 'permissions', reason: 'retry', attempt: 2 });
    await requests[1]!.reject(fails('server'));
    expect(loop.getDueAt()).toBe(2_040 + 2_000);
  });

  it('counts from the start once it has succeeded', async () => {
    void loop.ask('token');
    await requests[0]!.reject(fails('server'));
    nowMs = 2_000;
    loop.step();
    await requests[1]!.resolve(GRANT);
    void loop.ask('token');
    expect(requests[2]).toMatchObject({ reason: 'initial', attempt: 1 });
  });

  it('that is refused for good tells no next one', async () => {
    void loop.ask('token');
    await requests[0]!.reject(fails('not_found'));
    expect(events[1]).toEqual({
      type: 'failure',
      request: 'permissions',
      reason: 'initial',
      attempt: 1,
      durationMs: 0,
      code: 'not_found',
    });
    expect(events[1]).not.toHaveProperty('retryInMs');
    expect([loop.getDueAt(), granted]).toEqual([null, []]);
  });

  it.each(['unauthenticated', 'forbidden', 'origin_not_allowed'] as const)(
    'that is %s takes every permission away',
    async (code) => {
      void loop.ask('token');
      await requests[0]!.reject(fails(code));
      expect(granted).toEqual([READ_ONLY]);
    },
  );

  it('that brings none is a failure of a success', async () => {
    void loop.ask('token');
    const { signal } = requests[0]!;
    await requests[0]!.resolve({ permissions: 'all' });
    expect(events[1]).toMatchObject({ type: 'failure', code: 'invalid_response' });
    expect(signal.aborted).toBe(false);
  });

  it('asks when the server says so', async () => {
    void loop.ask('token');
    await requests[0]!.reject(fails('rate_limited', 90_000));
    expect(loop.getDueAt()).toBe(91_000);
  });
});

describe('a token that the endpoint calls expired', () => {
  it('is reported once, and asked about again after a floor', async () => {
    void loop.ask('token');
    await requests[0]!.reject(fails('token_expired'));
    expect([expired, loop.getDueAt()]).toEqual([['token'], 31_000]);
    nowMs = 31_000;
    loop.step();
    await requests[1]!.reject(fails('token_expired'));
    expect(expired).toEqual(['token']);
  });

  it('is reported anew after a success', async () => {
    void loop.ask('token');
    await requests[0]!.reject(fails('token_expired'));
    void loop.ask('token');
    await requests[1]!.resolve(GRANT);
    void loop.ask('token');
    await requests[2]!.reject(fails('token_expired'));
    expect(expired).toEqual(['token', 'token']);
  });
});

describe('what is given up', () => {
  it('is aborted, and its answer changes nothing', async () => {
    void loop.ask('token');
    void loop.ask('newer');
    expect(requests.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    await requests[0]!.resolve(GRANT);
    expect([granted, changes, events.length]).toEqual([[], 0, 2]);
    await requests[1]!.resolve(GRANT);
    expect([granted.length, changes, events.length]).toEqual([1, 1, 3]);
  });

  it('is a retry for a token that is no longer in use', async () => {
    void loop.ask('token');
    await requests[0]!.reject(fails('server'));
    usable = 'newer';
    nowMs = 9_000;
    loop.step();
    expect([requests.length, loop.getDueAt()]).toEqual([1, null]);
  });

  it('is due again at once after a halt, and for good after a stop', async () => {
    void loop.ask('token');
    nowMs = 3_000;
    loop.halt();
    expect([requests[0]!.signal.aborted, loop.getDueAt()]).toEqual([true, 3_000]);
    loop.halt();
    expect(loop.getDueAt()).toBe(3_000);
    loop.step();
    expect(requests[1]).toMatchObject({ token: 'token', reason: 'retry' });
    loop.stop();
    expect([requests[1]!.signal.aborted, loop.getDueAt()]).toEqual([true, null]);
    await requests[1]!.resolve(GRANT);
    expect(granted).toEqual([]);
  });

  it('leaves a waiting retry where a halt finds nothing under way', async () => {
    void loop.ask('token');
    await requests[0]!.reject(fails('server'));
    const dueAt = loop.getDueAt();
    nowMs += 10;
    loop.halt();
    expect(loop.getDueAt()).toBe(dueAt);
  });
});
