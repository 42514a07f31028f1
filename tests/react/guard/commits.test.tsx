import { render } from '@testing-library/react';
import { type ReactElement, useEffect } from 'react';
import {
  type DashboardTenantProps,
  SecureUpsolveDashboard,
  type TenantState,
  UpsolveTenantError,
} from 'react-upsolve-tenant';
import { expect, it, vi } from 'vitest';
import { createFakeTenant, EXPIRED, ready, withProgress } from './fakeTenant';

function watchDashboard() {
  const onCommit = vi.fn();
  const onMount = vi.fn();
  function Watched({ token, permissions }: DashboardTenantProps): ReactElement {
    useEffect(() => onMount(), []);
    useEffect(() => onCommit(token, permissions));
    return <p>{token}</p>;
  }
  return { onCommit, onMount, Watched };
}

it('commits the dashboard once, and not again for a refresh under way, a failure or a tick', () => {
  const { onCommit, Watched } = watchDashboard();
  const first = ready('token-1');
  const tenant = createFakeTenant(first);
  render(
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Watched} />
    </tenant.Provider>,
  );
  tenant.show(withProgress(first, { isRefreshing: true }));
  tenant.show(withProgress(first, { failureCount: 1, nextAttemptAt: new Date() }));
  tenant.show({ ...first, state: { ...first.state, error: new UpsolveTenantError('server') } as TenantState });
  tenant.show({ ...first });
  expect(onCommit).toHaveBeenCalledTimes(1);
});

it('mounts the dashboard anew only after it was gone', () => {
  const { onMount, Watched } = watchDashboard();
  const tenant = createFakeTenant(ready('token-1'));
  render(
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Watched} handover="immediate" />
    </tenant.Provider>,
  );
  tenant.show(ready('token-2'));
  tenant.show(ready('token-2', { code: 'server' }));
  expect(onMount).toHaveBeenCalledTimes(1);
  tenant.show(EXPIRED);
  tenant.show(ready('token-3'));
  expect(onMount).toHaveBeenCalledTimes(2);
});
