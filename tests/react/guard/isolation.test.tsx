import { act, render, screen } from '@testing-library/react';
import { memo, type ReactElement, startTransition, StrictMode, useEffect, useState } from 'react';
import { type DashboardTenantProps, SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { expect, it } from 'vitest';
import { createFakeTenant, Dashboard, EXPIRED, ready } from './fakeTenant';

/** A guard that its parent never renders again. */
const Guard = memo(function Guard() {
  return <SecureUpsolveDashboard dashboard={Dashboard} />;
});

it('does not show the snapshot of another identity, memoised guards included', () => {
  const tenant = createFakeTenant(ready('token-of-a', { identity: 'a' }));
  const view = render(<tenant.Provider identity="a">{<Guard />}</tenant.Provider>);
  expect(screen.getByTestId('dashboard')).toBeInTheDocument();
  view.rerender(<tenant.Provider identity="b">{<Guard />}</tenant.Provider>);
  expect(screen.queryByTestId('dashboard')).toBeNull();
  expect(screen.getByRole('status')).toHaveTextContent('Loading dashboard…');
});

it('shows nothing while the render is for no tenant, whatever the source still says', () => {
  const tenant = createFakeTenant(ready('token-of-a', { identity: 'a' }));
  const view = render(<tenant.Provider identity="a">{<Guard />}</tenant.Provider>);
  view.rerender(<tenant.Provider identity={null}>{<Guard />}</tenant.Provider>);
  expect(view.container).toBeEmptyDOMElement();
});

it('renders a token with its own tenant only, in StrictMode and in a transition', () => {
  const tenant = createFakeTenant(ready('token-of-a', { identity: 'a' }));
  const pairs = new Set<string>();
  let switchTo: (identity: string) => void = () => undefined;

  function Recording({ token, identity }: DashboardTenantProps & { identity: string }): ReactElement {
    pairs.add(`${identity} ${token}`);
    return <p>{token}</p>;
  }
  function App(): ReactElement {
    const [identity, setIdentity] = useState('a');
    useEffect(() => {
      switchTo = setIdentity;
    }, []);
    return (
      <tenant.Provider identity={identity}>
        <SecureUpsolveDashboard dashboard={Recording} identity={identity} />
      </tenant.Provider>
    );
  }
  render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  act(() => startTransition(() => switchTo('b')));
  tenant.show(ready('token-of-b', { identity: 'b' }));
  act(() => switchTo('c'));
  tenant.show(ready('token-of-c', { identity: 'c' }));
  expect([...pairs]).toEqual(['a token-of-a', 'b token-of-b', 'c token-of-c']);
});

it('gives another tenant a dashboard of its own, even where its token is there at once', () => {
  const tenant = createFakeTenant(ready('token-of-a', { identity: 'a' }));
  const view = render(<tenant.Provider identity="a">{<Guard />}</tenant.Provider>);
  const before = screen.getByTestId('dashboard');
  tenant.set(ready('token-of-b', { identity: 'b' }));
  view.rerender(<tenant.Provider identity="b">{<Guard />}</tenant.Provider>);
  expect(screen.getByTestId('dashboard')).toHaveTextContent('token-of-b');
  expect(screen.getByTestId('dashboard')).not.toBe(before);
});

it('does not show a token that ended without anybody having said so', () => {
  const tenant = createFakeTenant(ready('token-1'));
  const view = render(<tenant.Provider>{<SecureUpsolveDashboard dashboard={Dashboard} />}</tenant.Provider>);
  tenant.set(EXPIRED);
  view.rerender(<tenant.Provider>{<SecureUpsolveDashboard dashboard={Dashboard} />}</tenant.Provider>);
  expect(screen.queryByTestId('dashboard')).toBeNull();
});

it('never asks for anything while rendering', () => {
  const tenant = createFakeTenant(EXPIRED);
  render(<tenant.Provider>{<Guard />}</tenant.Provider>);
  expect(tenant.source.refresh).not.toHaveBeenCalled();
  expect(tenant.source.retry).not.toHaveBeenCalled();
});

it('leaves no listener behind after it is gone', () => {
  const tenant = createFakeTenant(ready('token-1'));
  for (let i = 0; i < 5; i++) render(<tenant.Provider>{<Guard />}</tenant.Provider>).unmount();
  expect(tenant.listeners.size).toBe(0);
  expect(tenant.handoverHub.isPending()).toBe(false);
});
