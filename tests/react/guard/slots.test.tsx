import { render, screen } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { type DashboardTenantProps, SecureUpsolveDashboard, useUpsolveTenant } from 'react-upsolve-tenant';
import { expect, it, vi } from 'vitest';
import { createFakeTenant, Dashboard, EXPIRED, failed, IDLE, LOADING, ready, withProgress } from './fakeTenant';

/** Stands for an app's hook: it counts mounts, and tells the status. */
function useWatch(onMount: () => void): string {
  const [born] = useState(() => 'hooked');
  useEffect(onMount, [onMount]);
  return `${born} ${useUpsolveTenant().status}`;
}

const slots = {
  loadingFallback: LOADING,
  expiredFallback: EXPIRED,
  idleFallback: IDLE,
  errorFallback: failed('server'),
  notice: ready('token-1', { code: 'server' }),
  signIn: failed('unauthenticated'),
};

it.each(Object.entries(slots))('%s may be an inline function with hooks, and is not mounted anew', (name, moment) => {
  const tenant = createFakeTenant(moment);
  const onMount = vi.fn();
  const page = (version: string) => (
    <tenant.Provider>
      {/* Written inline, as an app does it: another function at each render. */}
      <SecureUpsolveDashboard
        dashboard={Dashboard}
        {...{ [name]: () => <output>{`${version} ${useWatch(onMount)}`}</output> }}
      />
    </tenant.Provider>
  );
  const view = render(page('first'));
  const output = document.querySelector('output');
  expect(output).toHaveTextContent(`first hooked ${moment.state.status}`);
  view.rerender(page('second'));
  tenant.show(withProgress(moment, { isRefreshing: true }));
  view.rerender(page('third'));
  expect(document.querySelector('output')).toBe(output);
  expect(output).toHaveTextContent('third hooked');
  expect(onMount).toHaveBeenCalledTimes(1);
});

it('a render function may be inline with hooks, and is not mounted anew by renders or by a newer token', () => {
  const tenant = createFakeTenant(ready('token-1'));
  const onMount = vi.fn();
  const page = (version: string) => (
    <tenant.Provider>
      <SecureUpsolveDashboard handover="immediate">
        {({ token }) => <output>{`${version} ${token} ${useWatch(onMount)}`}</output>}
      </SecureUpsolveDashboard>
    </tenant.Provider>
  );
  const view = render(page('first'));
  const output = document.querySelector('output');
  view.rerender(page('second'));
  tenant.show(ready('token-2'));
  expect(document.querySelector('output')).toBe(output);
  expect(output).toHaveTextContent('second token-2 hooked ready');
  expect(onMount).toHaveBeenCalledTimes(1);
});

it('a guard may go from a render function with hooks to a dashboard without any, and back', () => {
  const tenant = createFakeTenant(ready('token-1'));
  const onMount = vi.fn();
  const Hooked = () => <output>{useWatch(onMount)}</output>;
  const view = render(
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Hooked} />
    </tenant.Provider>,
  );
  view.rerender(
    <tenant.Provider>
      <SecureUpsolveDashboard>{() => <output>{useWatch(onMount)}</output>}</SecureUpsolveDashboard>
    </tenant.Provider>,
  );
  expect(document.querySelector('output')).toHaveTextContent('hooked ready');
  view.rerender(
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Dashboard} />
    </tenant.Provider>,
  );
  expect(screen.getByTestId('dashboard')).toHaveTextContent('token-1');
});

it('a slot may go from a function with hooks to a text, and back', () => {
  const tenant = createFakeTenant(failed('server'));
  const onMount = vi.fn();
  const page = (isText: boolean) => (
    <tenant.Provider>
      <SecureUpsolveDashboard
        dashboard={Dashboard}
        errorFallback={isText ? 'text' : () => <output>{useWatch(onMount)}</output>}
      />
    </tenant.Provider>
  );
  const view = render(page(false));
  view.rerender(page(true));
  expect(view.container).toHaveTextContent('text');
  view.rerender(page(false));
  expect(view.container).toHaveTextContent('hooked error');
});

it('the way to sign in is offered where the session has ended, and nowhere else', () => {
  const tenant = createFakeTenant(failed('unauthenticated'));
  render(
    <tenant.Provider>
      <SecureUpsolveDashboard
        dashboard={Dashboard}
        signIn={({ error }) => <a href="/sign-in">{`sign in after ${error.code}`}</a>}
      />
    </tenant.Provider>,
  );
  expect(screen.getByRole('link')).toHaveTextContent('sign in after unauthenticated');
  expect(screen.getByRole('alert')).not.toContainElement(screen.getByRole('link'));
  tenant.show(failed('forbidden'));
  expect(screen.queryByRole('link')).toBeNull();
  tenant.show(failed('tenant_mismatch'));
  expect(screen.getByRole('link')).toBeInTheDocument();
});

it('an inline dashboard is another component at each render, as React has it', () => {
  const tenant = createFakeTenant(ready('token-1'));
  const onMount = vi.fn();
  const page = () => (
    <tenant.Provider>
      <SecureUpsolveDashboard
        dashboard={({ token }: DashboardTenantProps) => {
          useEffect(onMount, []);
          return <p>{token}</p>;
        }}
      />
    </tenant.Provider>
  );
  render(page()).rerender(page());
  expect(onMount).toHaveBeenCalledTimes(2);
});
