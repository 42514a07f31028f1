import { render } from '@testing-library/react';
import { useContext, useLayoutEffect } from 'react';
import { type DashboardTenantProps, SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FrameHostContext } from '../../../src/react/frame/FrameHost';
import { createFakeTenant, ready } from '../guard/fakeTenant';

const MINUTE = 60_000;
const GUARD_MS = 5_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a token whose end has moved may be shown until its new end, and the others go on', () => {
  const tenant = createFakeTenant(ready('token-1', { lifeMs: 60 * MINUTE }));
  const lent = { getUsableMs: (_token: string): number => Number.NaN };
  // The page's clock runs on fractions of a millisecond.
  const getUsableMs = (token: string): number => Math.round(lent.getUsableMs(token));
  function Frame({ token }: DashboardTenantProps) {
    const host = useContext(FrameHostContext);
    useLayoutEffect(() => void Object.assign(lent, host));
    return <p>{token}</p>;
  }
  render(
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Frame} handover="immediate" />
    </tenant.Provider>,
  );
  expect(getUsableMs('token-1')).toBe(60 * MINUTE - GUARD_MS);

  const moved = ready('token-1', { lifeMs: 10 * MINUTE });
  tenant.show({ ...moved, state: { ...moved.state } });
  expect(getUsableMs('token-1')).toBe(10 * MINUTE - GUARD_MS);

  vi.advanceTimersByTime(MINUTE);
  tenant.show(ready('token-2', { lifeMs: 70 * MINUTE }));
  expect(getUsableMs('token-1')).toBe(9 * MINUTE - GUARD_MS);
  expect(getUsableMs('token-2')).toBe(70 * MINUTE - GUARD_MS);
  expect(getUsableMs('never seen')).toBeLessThanOrEqual(0);
});
