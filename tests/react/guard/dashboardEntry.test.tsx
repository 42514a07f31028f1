import { render, screen } from '@testing-library/react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant/dashboard';
import { expect, it, vi } from 'vitest';
import { createFakeTenant, ready } from './fakeTenant';

vi.mock('@upsolve/dashboard', () => ({
  UpsolveDashboard: ({ token, theme }: { token: string; theme?: string }) => <p>{`${token} ${theme}`}</p>,
}));

it('is the guard bound to the private dashboard, with its props', () => {
  const tenant = createFakeTenant();
  render(
    <tenant.Provider dashboard={() => <p>the provider’s</p>}>
      <SecureUpsolveDashboard theme="dark" title="Sales" />
    </tenant.Provider>,
  );
  expect(screen.getByRole('status')).toHaveTextContent('Loading dashboard…');
  tenant.show(ready('token-1'));
  expect(screen.getByRole('region', { name: 'Sales' })).toHaveTextContent('token-1 dark');
});
