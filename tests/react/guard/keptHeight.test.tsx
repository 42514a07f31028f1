import { render } from '@testing-library/react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeTenant, Dashboard, EXPIRED, failed, LOADING, ready } from './fakeTenant';

/** jsdom lays nothing out. */
let height = 900;
beforeEach(() => {
  height = 900;
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(() => height);
});
afterEach(() => void vi.restoreAllMocks());

function show() {
  const tenant = createFakeTenant(ready('token-1'));
  const { container, rerender } = render(
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Dashboard} />
    </tenant.Provider>,
  );
  const root = container.firstElementChild as HTMLElement;
  return { tenant, rerender, getKept: () => root.style.getPropertyValue('--upsolve-kept-height') };
}

it('stays as high as the dashboard was while that is away, and shrinks with it when it is back', () => {
  const { tenant, getKept } = show();
  expect(getKept()).toBe('');
  tenant.show(EXPIRED);
  expect(getKept()).toBe('900px');
  tenant.show(failed('server'));
  expect(getKept()).toBe('900px');
  tenant.show(ready('token-2'));
  expect(getKept()).toBe('');
  height = 300;
  tenant.show(EXPIRED);
  expect(getKept()).toBe('300px');
});

it('keeps nothing of a dashboard for another tenant’s place', () => {
  const { tenant, rerender, getKept } = show();
  const guard = <SecureUpsolveDashboard dashboard={Dashboard} />;
  rerender(<tenant.Provider identity="b">{guard}</tenant.Provider>);
  expect(getKept()).toBe('');
  tenant.show(ready('token-of-b', { identity: 'b' }));
  expect(getKept()).toBe('');
  tenant.set(ready('token-of-c', { identity: 'c' }));
  rerender(<tenant.Provider identity="c">{guard}</tenant.Provider>);
  expect(getKept()).toBe('');
  tenant.show({ ...LOADING, identity: 'c' });
  expect(getKept()).toBe('');
});
