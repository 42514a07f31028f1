import { describe, expect, it, vi } from 'vitest';
import { UpsolveTenantError } from '../../src/core/errors';
import { READ_ONLY } from '../../src/core/permissions';
import { createStop, type Plan } from '../../src/core/schedule';
import { createSnapshot, deriveSnapshot, LOADING, type LifeRecord, reuseSnapshot } from '../../src/core/snapshot';

const error = new UpsolveTenantError('server');
const tenant = { token: 'x'.repeat(20), expiresAt: new Date(0), permissions: READ_ONLY };
const held = { remainingMs: 100_000, endsAtMs: 100_000, usableUntilMs: 95_000 };
const at = new Date(7);
const due: Plan = { kind: 'due', atMs: 1, at, reason: 'retry', canBePulled: false };
const stopped = createStop(0, true);
const none: Plan = { kind: 'none' };
const RECORD: LifeRecord = {
  identity: 'mine',
  echoedIdentity: null,
  held: null,
  tenant: null,
  hadTenant: false,
  plan: due,
  failure: null,
  isRefreshing: false,
  lastRefreshedAt: null,
};
const derive = (record: Partial<LifeRecord>, nowMs = 0): ReturnType<typeof deriveSnapshot> =>
  deriveSnapshot({ ...RECORD, ...record }, () => nowMs);
const usable = { held, tenant, hadTenant: true };

describe('the status', () => {
  it.each<[string, Partial<LifeRecord>]>([
    ['idle', { plan: none }],
    ['idle', { plan: none, ...usable }],
    ['loading', { plan: none, isRefreshing: true }],
    ['loading', {}],
    ['loading', { failure: { error, count: 1 } }],
    ['error', { failure: { error, count: 2 } }],
    ['error', { failure: { error, count: 1 }, plan: stopped }],
    ['error', { failure: { error, count: 2 }, hadTenant: true }],
    ['ready', usable],
    ['ready', { ...usable, failure: { error, count: 9 }, plan: stopped }],
    ['expired', { hadTenant: true }],
    ['expired', { hadTenant: true, failure: { error, count: 1 } }],
    ['expired', { hadTenant: true, plan: none, isRefreshing: true }],
  ])('is %s with %o', (status, record) => {
    const { state, end } = derive(record);
    expect(state.status).toBe(status);
    expect(state.tenant).toBe(status === 'ready' ? tenant : null);
    expect(end).toBe(status === 'ready' ? held : null);
    expect(state.error).toBe(status === 'idle' ? undefined : record.failure?.error);
    expect('error' in state).toBe(state.error !== undefined);
  });

  it('is ready up to the guard and not from there on, whatever was stored', () => {
    expect(derive(usable, 94_999).state.status).toBe('ready');
    expect(derive(usable, 95_000)).toMatchObject({ state: { status: 'expired', tenant: null }, end: null });
  });

  it('reads no clock before there is a token, since a page may be prerendered', () => {
    const now = vi.fn(() => 0);
    deriveSnapshot(RECORD, now);
    expect(now).not.toHaveBeenCalled();
  });
});

describe('what is known of the asking', () => {
  it('is the streak and the next attempt, which is none while one runs', () => {
    expect(derive({ failure: { error, count: 3 } }).progress).toEqual({
      isRefreshing: false,
      nextAttemptAt: at,
      lastRefreshedAt: null,
      failureCount: 3,
    });
    expect(derive({ isRefreshing: true }).progress).toMatchObject({ nextAttemptAt: null, isRefreshing: true });
    for (const plan of [stopped, none]) expect(derive({ plan }).progress.nextAttemptAt).toBeNull();
    expect(derive({ plan: { kind: 'stopped', wakeAtMs: 9, at } }).progress.nextAttemptAt).toBe(at);
  });
});

describe('a newer moment', () => {
  it('is the former one while nothing changed', () => {
    const former = derive(usable);
    expect(reuseSnapshot(former, derive(usable))).toBe(former);
  });

  it('keeps the part that says the same', () => {
    const former = derive(usable);
    const asking = reuseSnapshot(former, derive({ ...usable, isRefreshing: true }));
    expect([asking.state === former.state, asking.progress === former.progress]).toEqual([true, false]);
    const failed = reuseSnapshot(former, derive({ ...usable, failure: { error, count: 0 } }));
    expect([failed.state === former.state, failed.progress === former.progress]).toEqual([false, true]);
    expect(reuseSnapshot(failed, former).state).toBe(former.state);
    expect(reuseSnapshot(former, { ...former, identity: 'other' })).not.toBe(former);
  });

  it('begins with nothing known', () => {
    expect(createSnapshot(LOADING)).toStrictEqual({
      identity: null,
      echoedIdentity: null,
      state: { status: 'loading', tenant: null },
      progress: { isRefreshing: false, nextAttemptAt: null, lastRefreshedAt: null, failureCount: 0 },
      end: null,
    });
  });
});
