import { describe, expect, it } from 'vitest';
import { deriveSnapshot, type TenancyRecord } from '../../src/core/deriveSnapshot';
import { UpsolveTenantError } from '../../src/core/errors';
import type { Plan } from '../../src/core/plan';
import { createSnapshot, isSameSnapshot } from '../../src/core/snapshot';
import { createFakeTenant } from '../../src/testing/createFakeTenant';

const error = new UpsolveTenantError('server');
const tenant = createFakeTenant();
const at = new Date(7);
const due: Plan = { kind: 'due', atMs: 1, at, reason: 'retry', canBePulled: false };
const stopped: Plan = { kind: 'stopped', sinceMs: 0, isSigningIn: false };
const none: Plan = { kind: 'none' };

const derive = ({
  usable = false,
  had = false,
  ...record
}: Partial<TenancyRecord> & { usable?: boolean; had?: boolean }) =>
  deriveSnapshot({
    identity: 'mine',
    plan: due,
    failure: null,
    isRefreshing: false,
    holder: {
      getTenant: () => (usable ? tenant : null),
      hadTenant: () => had,
      getLastRefreshedAt: () => null,
    } as never,
    ...record,
  });

describe('the status', () => {
  it.each([
    ['idle', { plan: none }],
    ['idle', { plan: none, usable: true }],
    ['loading', { plan: none, isRefreshing: true }],
    ['loading', {}],
    ['loading', { failure: { error, count: 1 } }],
    ['error', { failure: { error, count: 2 } }],
    ['error', { failure: { error, count: 1 }, plan: stopped }],
    ['error', { failure: { error, count: 2 }, had: true }],
    ['ready', { usable: true }],
    ['ready', { usable: true, failure: { error, count: 9 }, plan: stopped }],
    ['expired', { had: true }],
    ['expired', { had: true, failure: { error, count: 1 } }],
    ['expired', { had: true, plan: none, isRefreshing: true }],
  ])('is %s with %o', (status, record) => {
    const snapshot = derive(record);
    expect(snapshot.status).toBe(status);
    expect(snapshot.tenant).toBe(status === 'ready' ? tenant : null);
    expect(snapshot.error).toBe(status === 'idle' ? undefined : (record as Partial<TenancyRecord>).failure?.error);
    expect('error' in snapshot).toBe(snapshot.error !== undefined);
  });

  it('comes with what is known of the asking', () => {
    expect(derive({ failure: { error, count: 3 } })).toMatchObject({
      identity: 'mine',
      nextAttemptAt: at,
      failureCount: 3,
      isRefreshing: false,
    });
    expect(derive({ isRefreshing: true })).toMatchObject({ nextAttemptAt: null, failureCount: 0, isRefreshing: true });
    expect(derive({ plan: stopped }).nextAttemptAt).toBeNull();
  });
});

describe('two snapshots', () => {
  it('are the same where every part is', () => {
    const a = derive({ usable: true });
    expect(isSameSnapshot(a, derive({ usable: true }))).toBe(true);
    expect(isSameSnapshot(a, { ...a, identity: 'other' })).toBe(false);
    expect(isSameSnapshot(a, { ...a, nextAttemptAt: new Date(7) })).toBe(false);
    expect(isSameSnapshot(a, derive({ usable: true, failure: { error, count: 0 } }))).toBe(false);
    expect(isSameSnapshot(derive({ usable: true, failure: { error, count: 0 } }), a)).toBe(false);
    expect(isSameSnapshot(createSnapshot('idle', null), createSnapshot('loading', null))).toBe(false);
  });
});
