import { beforeEach, describe, expect, it } from 'vitest';
import type { UpsolveTenantEvent } from '../../src/core/events';
import { createKnownTokens } from '../../src/core/knownTokens';
import { parsePermissions, READ_ONLY } from '../../src/core/permissions';
import { createServerTime } from '../../src/core/serverTime';
import { createTenantHolder, judgeInitialTenant, type TenantHolder } from '../../src/core/tenantHolder';
import { createFakeToken } from '../../src/testing/fakeToken';

const START = Date.UTC(2030, 0, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let elapsedMs = 0;
let clockOffMs = 0;
let events: UpsolveTenantEvent['type'][] = [];
const now = (): number => 7_000 + elapsedMs;
const clock = { now: () => START + elapsedMs + clockOffMs, monotonicNow: now, random: () => 0 };
beforeEach(() => {
  [elapsedMs, clockOffMs, events] = [0, 0, []];
});

const createHolder = (tenantId: string | null = 'acme'): TenantHolder =>
  createTenantHolder({
    tenantId: tenantId ?? undefined,
    clock,
    now,
    knownTokens: createKnownTokens(),
    serverTime: createServerTime(now, now),
    tell: ({ type }) => void events.push(type),
  });
const mint = (issuedAtMs = START + elapsedMs, lifetimeMs = HOUR): string =>
  createFakeToken({ displayName: 'Acme', issuedAtMs, expiresAtMs: issuedAtMs + lifetimeMs });

/** An answer that takes no time. */
function take(holder: TenantHolder, body: unknown, more: { serverNowMs?: number; keptMs?: number } = {}): string {
  const judged = holder.judge({ body, ...more }, now());
  holder.accept(judged);
  return judged.judgement.kind;
}
const leftMs = (holder: TenantHolder): number => holder.getHeld()!.endsAtMs - now();

describe('the server time of an answer', () => {
  it('is the later of what its body and its headers say', () => {
    const holder = createHolder();
    const body = { token: mint(), serverTime: START + 10 * MINUTE };
    take(holder, body, { serverNowMs: START + 20 * MINUTE });
    expect(leftMs(holder)).toBe(40 * MINUTE);
    const other = createHolder();
    take(other, { ...body, serverTime: START + 30 * MINUTE }, { serverNowMs: START + 20 * MINUTE });
    expect(leftMs(other)).toBe(30 * MINUTE);
  });

  it('in its body is as old as a cache kept it', () => {
    const holder = createHolder();
    take(holder, { token: mint(), serverTime: START + 10 * MINUTE }, { keptMs: 5 * MINUTE });
    expect(leftMs(holder)).toBe(45 * MINUTE);
  });
});

describe('an answer that a cache kept', () => {
  it('prolongs no token by its own time, also where no Age says that it was kept', () => {
    const holder = createHolder();
    const token = mint();
    take(holder, { token, serverTime: START });
    elapsedMs = MINUTE;
    expect(take(holder, { token, serverTime: START + MINUTE - 10_000 })).toBe('unchanged');
    expect(leftMs(holder)).toBe(59 * MINUTE);
  });

  it('prolongs no token by the part of a second that its Age leaves out', () => {
    const holder = createHolder();
    const token = mint();
    take(holder, { token, serverTime: START });
    elapsedMs = HOUR - 4_000;
    take(holder, { token, serverTime: START }, { keptMs: HOUR - 5_000 });
    expect(leftMs(holder)).toBe(4_000);
  });
});

describe('with a clock that is fast, and a server that never tells its time', () => {
  const inferTime = (holder: TenantHolder): void => {
    clockOffMs = 70 * MINUTE;
    expect(take(holder, { token: mint() })).toBe('dead');
    elapsedMs += MINUTE;
    expect(take(holder, { token: mint() })).toBe('accepted');
    expect(leftMs(holder)).toBe(HOUR);
  };

  it('two fresh tokens tell its time, and what comes later is measured by that', () => {
    const holder = createHolder();
    inferTime(holder);
    elapsedMs += 50 * MINUTE;
    // Of another age than its moment of coming: no fresh mint, so what was worked out is all that helps.
    expect(take(holder, { token: mint(START + elapsedMs - 20 * MINUTE) })).toBe('accepted');
    expect(leftMs(holder)).toBe(40 * MINUTE);
    elapsedMs += 50 * MINUTE;
    expect(take(holder, { token: mint(START + elapsedMs - 25 * MINUTE) })).toBe('accepted');
    expect(leftMs(holder)).toBe(35 * MINUTE);
  });

  it('the same token again says nothing of the time at which it was minted', () => {
    const holder = createHolder();
    clockOffMs = 70 * MINUTE;
    const token = mint();
    take(holder, { token });
    elapsedMs += 30 * MINUTE;
    take(holder, { token });
    elapsedMs += 30 * MINUTE;
    expect(take(holder, { token: mint() })).toBe('accepted');
  });
});

describe('a token that came dead', () => {
  it('leaves another one in use', () => {
    const holder = createHolder();
    const token = mint();
    take(holder, { token, serverTime: START });
    expect(take(holder, { token: mint(START + MINUTE), serverTime: START + 2 * HOUR })).toBe('dead');
    expect(holder.getTenant()?.token).toBe(token);
  });

  it('goes, where it is the one in use', () => {
    const holder = createHolder();
    const token = mint();
    take(holder, { token, serverTime: START });
    expect(take(holder, { token, serverTime: START + 2 * HOUR })).toBe('dead');
    expect([holder.getTenant(), holder.getHeld()]).toEqual([null, null]);
  });
});

describe('a tenant', () => {
  it('has an id where the app or the backend named one', () => {
    const named = createHolder();
    take(named, { token: mint() });
    expect(named.getTenant()!.id).toBe('acme');
    const echoed = createHolder(null);
    take(echoed, { token: mint(), tenantId: 7 });
    expect(echoed.getTenant()!.id).toBe('7');
    const solo = createHolder(null);
    take(solo, { token: mint() });
    expect(solo.getTenant()).not.toHaveProperty('id');
  });

  it('has permissions of its own answer, or those that came later', () => {
    const holder = createHolder();
    take(holder, { token: mint() });
    expect([holder.getPermissions(), holder.getTenant()!.permissions]).toEqual([undefined, READ_ONLY]);
    const permissions = parsePermissions({ permissions: { drillDown: true } })!;
    holder.setPermissions(permissions);
    expect(holder.getPermissions()).toBe(permissions);
    expect(holder.getTenant()!.permissions).toBe(permissions);
    holder.setPermissions(parsePermissions({ permissions: { drillDown: true } })!);
    expect(holder.getPermissions()).toBe(permissions);
  });
});

it('the first tenant that the backend names is the only one, where the app names none', () => {
  const holder = createHolder(null);
  take(holder, { token: mint(), tenantId: 'acme' });
  elapsedMs = MINUTE;
  const judge = () => holder.judge({ body: { token: mint(), tenantId: 'beta' } }, now());
  expect(judge).toThrow(expect.objectContaining({ code: 'tenant_mismatch' }));
});

describe('what is worth telling', () => {
  it('is told with the first answer, and once', () => {
    const holder = createHolder();
    take(holder, { token: 'an-opaque-token-of-no-end' });
    expect(events).toEqual(['tenant_unverified', 'expiry_assumed']);
    take(holder, { token: 'another-opaque-token-of-no-end' });
    take(holder, { token: 'a-third-opaque-token-of-no-end' });
    expect(events).toEqual(['tenant_unverified', 'expiry_assumed']);
  });

  it('is nothing of an answer that names its tenant and its end', () => {
    take(createHolder(), { token: mint(), tenantId: 'acme' });
    expect(events).toEqual([]);
  });
});

describe('a success without a token', () => {
  it('is the failure that it names', () => {
    const judge = (body: unknown) => () => createHolder().judge({ body }, now());
    expect(judge({ code: 'forbidden' })).toThrow(expect.objectContaining({ code: 'forbidden', status: 200 }));
    expect(judge({ error: 'Token expired' })).toThrow(expect.objectContaining({ code: 'token_expired' }));
    expect(judge({ error: 'something' })).toThrow(/holds no token/);
  });
});

describe('an answer that came with the page', () => {
  it('is judged by the later of the server and the page', () => {
    const body = { token: mint(), serverTime: START + 10 * MINUTE };
    const judge = () => judgeInitialTenant(body, undefined, clock, now)?.judgement;
    expect(judge()).toMatchObject({ kind: 'accepted', held: { remainingMs: 50 * MINUTE } });
    clockOffMs = 20 * MINUTE;
    expect(judge()).toMatchObject({ kind: 'accepted', held: { remainingMs: 40 * MINUTE } });
    clockOffMs = 2 * HOUR;
    expect(judge()).toBeUndefined();
  });

  it('is none where it names another tenant, or no tenant, than the one that is wanted', () => {
    expect(judgeInitialTenant({ token: mint(), tenantId: 'acme' }, 'acme', clock, now)).toBeDefined();
    expect(judgeInitialTenant({ token: mint(), tenantId: 'beta' }, 'acme', clock, now)).toBeUndefined();
    expect(judgeInitialTenant({ token: mint() }, 'acme', clock, now)).toBeUndefined();
  });

  it('is none where nothing but a lifetime says when it ends', () => {
    const body = { token: 'an-opaque-token-of-no-end', expiresIn: 600 };
    expect(judgeInitialTenant(body, undefined, clock, now)).toBeUndefined();
  });

  it('is refused as any other', () => {
    expect(() => judgeInitialTenant({ token: '' }, undefined, clock, now)).toThrow(/holds no token/);
  });
});
