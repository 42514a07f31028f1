import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { expect, it } from 'vitest';
import { createFakeTenant, Dashboard, EXPIRED, failed, ready } from './fakeTenant';

function show(first = failed('network')) {
  const tenant = createFakeTenant(first);
  const view = render(
    <tenant.Provider>
      <button type="button">outside</button>
      <SecureUpsolveDashboard
        dashboard={Dashboard}
        title="Sales"
        notice={({ retry }) => (
          <button type="button" onClick={retry}>
            notice
          </button>
        )}
      />
    </tenant.Provider>,
  );
  return { tenant, ...view };
}

it('goes from the retry button to the region when the dashboard takes its place', async () => {
  const { tenant } = show();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  tenant.show(failed('network', { isRefreshing: true }));
  expect(screen.getByRole('button', { name: 'Trying again…' })).toHaveFocus();
  tenant.show(ready('token-1'));
  expect(screen.getByRole('region', { name: 'Sales' })).toHaveFocus();
});

it('goes from inside the dashboard to the region when the token has expired', () => {
  const { tenant } = show(ready('token-1'));
  screen.getByRole('button', { name: 'inside' }).focus();
  tenant.show(EXPIRED);
  expect(screen.getByRole('region', { name: 'Sales' })).toHaveFocus();
});

it('goes from a notice to the region when the notice goes', () => {
  const { tenant } = show(ready('token-1', { code: 'server' }));
  screen.getByRole('button', { name: 'notice' }).focus();
  tenant.show(ready('token-1'));
  expect(screen.getByRole('region', { name: 'Sales' })).toHaveFocus();
});

it('stays where it is when what goes did not have it', () => {
  const { tenant } = show(ready('token-1', { code: 'server' }));
  screen.getByRole('button', { name: 'inside' }).focus();
  tenant.show(ready('token-1'));
  expect(screen.getByRole('button', { name: 'inside' })).toHaveFocus();
  screen.getByRole('button', { name: 'outside' }).focus();
  tenant.show(failed('server'));
  expect(screen.getByRole('button', { name: 'outside' })).toHaveFocus();
});
