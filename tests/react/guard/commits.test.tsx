import { render } from '@testing-library/react';
import { type ReactElement, useEffect } from 'react';
import { type DashboardTenantProps, SecureUpsolveDashboard, type TenantSnapshot } from 'react-upsolve-tenant';
import { expect, it, vi } from 'vitest';
import { createFakeTenant, ready, snapshotOf } from './fakeTenant';

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
      <SecureUpsolveDashboard component={Watched} />
    </tenant.Provider>,
  );
  tenant.show({ ...first, isRefreshing: true });
  tenant.show({ ...first, failureCount: 1, nextAttemptAt: new Date() });
  tenant.show({ ...ready('x', { code: 'server' }), tenant: first.tenant } as TenantSnapshot);
  tenant.show({ ...first });
  expect(onCommit).toHaveBeenCalledTimes(1);
});

it('mounts the dashboard anew only after it was gone', () => {
  const { onMount, Watched } = watchDashboard();
  const tenant = createFakeTenant(ready('token-1'));
  render(
    <tenant.Provider>
      <SecureUpsolveDashboard component={Watched} handover="immediate" />
    </tenant.Provider>,
  );
  tenant.show(ready('token-2'));
  tenant.show(ready('token-2', { code: 'server' }));
  expect(onMount).toHaveBeenCalledTimes(1);
  tenant.show(snapshotOf('a', { status: 'expired' }));
  tenant.show(ready('token-3'));
  expect(onMount).toHaveBeenCalledTimes(2);
});
