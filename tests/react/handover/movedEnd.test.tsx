import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createSnapshot, type TenantSnapshot } from '../../../src/core/snapshot';
import { followSnapshot } from '../../../src/react/handover/heldTenant';
import { useTokenCountdowns } from '../../../src/react/handover/useTokenCountdowns';
import { createFakeTenant } from '../../../src/testing/createFakeTenant';

const MINUTE = 60_000;
const START = Date.UTC(2030, 0, 1);
const clock = { now: () => START, monotonicNow: () => 0, random: () => 0 };

const ready = (tenant: TenantSnapshot['tenant']): TenantSnapshot =>
  ({
    ...createSnapshot('loading', 'acme'),
    status: 'ready',
    tenant,
    lastRefreshedAt: new Date(START),
  }) as TenantSnapshot;

it('a token whose end has moved is counted down to its new end, and the others go on', () => {
  const tenant = createFakeTenant({ expiresAt: new Date(START + 60 * MINUTE) });
  const first = followSnapshot(null, ready(tenant), 'immediate');
  const { result, rerender } = renderHook((held: typeof first) => useTokenCountdowns(held, held!.tenant, clock), {
    initialProps: first,
  });
  expect(result.current.getLeftMs(tenant.token)).toBe(60 * MINUTE);

  const moved = followSnapshot(first, ready({ ...tenant, expiresAt: new Date(START + 10 * MINUTE) }), 'natural-break');
  rerender(moved);
  expect(moved).toMatchObject({ lifeMs: 10 * MINUTE, reason: 'first' });
  expect(result.current.getLeftMs(tenant.token)).toBe(10 * MINUTE);

  const newer = { ...tenant, token: `${tenant.token}-newer`, expiresAt: new Date(START + 70 * MINUTE) };
  rerender(followSnapshot(moved, ready(newer), 'immediate'));
  expect([tenant.token, newer.token].map(result.current.getLeftMs)).toEqual([10 * MINUTE, 70 * MINUTE]);
});
