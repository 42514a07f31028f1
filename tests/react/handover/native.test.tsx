import { act, fireEvent, render, screen } from '@testing-library/react';
import { type ReactElement, StrictMode, useEffect } from 'react';
import {
  type DashboardTenantProps,
  type Handover,
  SecureUpsolveDashboard,
  useTokenRefresh,
} from 'react-upsolve-tenant';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeTenant, HOUR, EXPIRED, IDLE, ready } from '../guard/fakeTenant';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  setVisibility('visible');
  vi.useRealTimers();
});

function setVisibility(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
  fireEvent(document, new Event('visibilitychange'));
}
function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}
/** The wall clock moves and no timer runs. */
const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms);

function show(handover?: Handover) {
  const mounts = vi.fn();
  const commits = vi.fn();
  const events: unknown[] = [];
  function Native({ token, permissions }: DashboardTenantProps): ReactElement {
    useEffect(() => mounts(), []);
    useEffect(() => commits(token));
    const grants = Object.keys(permissions).filter((name) => permissions[name]);
    return (
      <p data-testid="dashboard">
        {token} {grants.join(' ')}
      </p>
    );
  }
  function Panel(): ReactElement {
    const { handoverNow, isHandoverPending } = useTokenRefresh();
    return (
      <button type="button" onClick={handoverNow}>
        {isHandoverPending ? 'pending' : 'settled'}
      </button>
    );
  }
  const tenant = createFakeTenant(ready('token-1'));
  const view = render(
    <tenant.Provider onEvent={(event) => events.push(event)}>
      <SecureUpsolveDashboard dashboard={Native} handover={handover} />
      <Panel />
    </tenant.Provider>,
  );
  const token = () => screen.queryByTestId('dashboard')?.textContent.split(' ')[0];
  return { ...view, tenant, mounts, commits, events, token };
}

describe('natural-break', () => {
  it('holds a newer token back while somebody is there, and goes after 30 s without input', () => {
    const { tenant, token } = show();
    pass(55 * MINUTE);
    fireEvent.keyDown(document.body);
    tenant.show(ready('token-2'));
    expect(token()).toBe('token-1');
    pass(20_000);
    fireEvent.wheel(document.body);
    pass(29_000);
    expect(token()).toBe('token-1');
    pass(2_000);
    expect(token()).toBe('token-2');
  });

  it('counts inputs that a page stops from bubbling', () => {
    const { tenant, token, container } = show();
    container.addEventListener('pointermove', (event) => event.stopPropagation());
    tenant.show(ready('token-2'));
    pass(29_000);
    fireEvent.pointerMove(container);
    pass(29_000);
    expect(token()).toBe('token-1');
  });

  it('goes at the deadline while somebody works on', () => {
    const { tenant, token } = show();
    pass(55 * MINUTE);
    fireEvent.keyDown(document.body);
    tenant.show(ready('token-2'));
    const work = setInterval(() => fireEvent.keyDown(document.body), 5_000);
    pass(5 * MINUTE - 36_000);
    expect(token()).toBe('token-1');
    pass(2_000);
    clearInterval(work);
    expect(token()).toBe('token-2');
  });

  it('goes once the page has been hidden for 30 s, and not for a shorter look away', () => {
    const { tenant, token } = show();
    tenant.show(ready('token-2'));
    act(() => setVisibility('hidden'));
    pass(29_000);
    act(() => setVisibility('visible'));
    pass(25_000);
    expect(token()).toBe('token-1');
    act(() => setVisibility('hidden'));
    pass(31_000);
    expect(token()).toBe('token-2');
  });

  it('takes the break on the way back where a hidden page ran no timer', () => {
    const { tenant, token } = show();
    tenant.show(ready('token-2'));
    act(() => setVisibility('hidden'));
    sleep(45_000);
    act(() => setVisibility('visible'));
    expect(token()).toBe('token-2');
  });

  it('goes at once with a token that comes after the deadline', () => {
    const { tenant, token } = show();
    pass(HOUR - 34_000);
    fireEvent.keyDown(document.body);
    tenant.show(ready('token-2'));
    expect(token()).toBe('token-2');
  });

  it('does not sleep through the deadline', () => {
    const { tenant, token } = show();
    pass(55 * MINUTE);
    fireEvent.keyDown(document.body);
    tenant.show(ready('token-2'));
    sleep(HOUR / 2);
    pass(1_000);
    expect(token()).toBe('token-2');
  });

  it('is not prolonged by a clock that is set back', () => {
    const { tenant, token } = show();
    pass(55 * MINUTE);
    fireEvent.keyDown(document.body);
    tenant.show(ready('token-2'));
    sleep(-2 * HOUR);
    const work = setInterval(() => fireEvent.keyDown(document.body), 5_000);
    pass(5 * MINUTE - 34_000);
    clearInterval(work);
    expect(token()).toBe('token-2');
  });

  it('is not prolonged by a clock that is set back while its token waited for its own handover', () => {
    const { tenant, token } = show();
    pass(55 * MINUTE);
    fireEvent.keyDown(document.body);
    const work = setInterval(() => fireEvent.keyDown(document.body), 5_000);
    tenant.show(ready('token-2'));
    sleep(-2 * HOUR);
    pass(5 * MINUTE);
    expect(token()).toBe('token-2');
    pass(50 * MINUTE);
    tenant.show(ready('token-3'));
    pass(5 * MINUTE - 35_001);
    expect(token()).toBe('token-2');
    pass(2_000);
    clearInterval(work);
    expect(token()).toBe('token-3');
  });

  it('goes with a break whatever the browser says of the network', () => {
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const { tenant, token } = show();
    tenant.show(ready('token-2'));
    pass(31_000);
    expect(token()).toBe('token-2');
    onLine.mockRestore();
  });
});

it('before-expiry waits for the deadline through every break', () => {
  const { tenant, token } = show('before-expiry');
  pass(55 * MINUTE);
  tenant.show(ready('token-2'));
  pass(4 * MINUTE + 24_000);
  expect(token()).toBe('token-1');
  pass(2_000);
  expect(token()).toBe('token-2');
});

it('immediate hands over in the commit after the refresh', () => {
  const { tenant, commits } = show('immediate');
  tenant.show(ready('token-2'));
  expect(commits.mock.calls).toEqual([['token-1'], ['token-2']]);
});

it('commits a native dashboard once a handover, and never mounts it anew', () => {
  const { tenant, commits, mounts } = show();
  for (let i = 2; i <= 51; i++) {
    tenant.show(ready(`token-${i}`));
    fireEvent.click(screen.getByRole('button'));
  }
  expect(commits).toHaveBeenCalledTimes(51);
  expect(mounts).toHaveBeenCalledTimes(1);
});

it('goes at once with a token that comes when nobody has been there for 30 s', () => {
  const { tenant, token } = show();
  pass(MINUTE);
  tenant.show(ready('token-2'));
  expect(token()).toBe('token-2');
});

it('says that a handover waits, and hands over on command', () => {
  const { tenant, token } = show();
  expect(screen.getByRole('button')).toHaveTextContent('settled');
  tenant.show(ready('token-2'));
  expect(screen.getByRole('button')).toHaveTextContent('pending');
  fireEvent.click(screen.getByRole('button'));
  expect(token()).toBe('token-2');
  expect(screen.getByRole('button')).toHaveTextContent('settled');
});

it('hands over the newest of two tokens that came while it waited', () => {
  const { tenant, commits } = show();
  tenant.show(ready('token-2'));
  tenant.show(ready('token-3'));
  fireEvent.click(screen.getByRole('button'));
  expect(commits.mock.calls).toEqual([['token-1'], ['token-3']]);
});

it('takes a permission away at once and gives one with the token', () => {
  const { tenant } = show();
  tenant.show(ready('token-1', { flags: { addChart: true, drillDown: true } }));
  tenant.show(ready('token-2', { flags: { drillDown: true, editCharts: true } }));
  expect(screen.getByTestId('dashboard')).toHaveTextContent('token-1 drillDown');
  fireEvent.click(screen.getByRole('button'));
  expect(screen.getByTestId('dashboard')).toHaveTextContent('token-2 editCharts drillDown');
});

it('follows permissions that change without a token', () => {
  const { tenant } = show();
  tenant.show(ready('token-1', { flags: { addChart: true } }));
  expect(screen.getByTestId('dashboard')).toHaveTextContent('token-1 addChart');
});

it('never waits with an end: what is pending goes with an expired token and a sign-out', () => {
  const { tenant, token } = show();
  tenant.show(ready('token-2'));
  tenant.show(IDLE);
  expect(token()).toBeUndefined();
  expect(tenant.handoverHub.isPending()).toBe(false);
  tenant.show(ready('token-3'));
  expect(token()).toBe('token-3');
});

it('tells each handover once: why, and what the former token had left', () => {
  const { tenant, events } = show();
  pass(10 * MINUTE);
  fireEvent.keyDown(document.body);
  tenant.show(ready('token-2'));
  fireEvent.click(screen.getByRole('button'));
  pass(20 * MINUTE);
  tenant.show(ready('token-3'));
  pass(31_000);
  tenant.show(EXPIRED);
  tenant.show(ready('token-4'));
  expect(events).toEqual([
    { type: 'handover', reason: 'first', remainingMs: 0 },
    { type: 'handover', reason: 'manual', remainingMs: 50 * MINUTE },
    { type: 'handover', reason: 'inactive', remainingMs: 40 * MINUTE },
    { type: 'handover', reason: 'first', remainingMs: 0 },
  ]);
});

it('keeps no timer while nothing waits, and one for all guards while something does', () => {
  const tenant = createFakeTenant(ready('token-1'));
  const Native = ({ token }: DashboardTenantProps) => <p>{token}</p>;
  const before = vi.getTimerCount();
  const view = render(
    <StrictMode>
      <tenant.Provider>
        {[1, 2, 3].map((id) => (
          <SecureUpsolveDashboard key={id} dashboard={Native} />
        ))}
      </tenant.Provider>
    </StrictMode>,
  );
  expect(vi.getTimerCount()).toBe(before);
  tenant.show(ready('token-2'));
  expect(vi.getTimerCount()).toBe(before + 1);
  pass(31_000);
  expect(screen.getAllByText('token-2')).toHaveLength(3);
  expect(vi.getTimerCount()).toBe(before);
  tenant.show(ready('token-3'));
  view.unmount();
  expect(vi.getTimerCount()).toBe(before);
});
