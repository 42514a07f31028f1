import { act, render, screen } from '@testing-library/react';
import * as React from 'react';
import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { FrameHostContext } from '../../../src/react/frame/FrameHost';
import { describe, expect, it, vi } from 'vitest';
import { createFakeTenant, Dashboard, EXPIRED, IDLE, ready } from './fakeTenant';

const hasActivity = 'Activity' in React;

it.runIf(hasActivity)('is revealed by an Activity without a paint of what ended meanwhile', async () => {
  const tenant = createFakeTenant(ready('token-1'));
  let reveal: (mode: 'visible' | 'hidden') => void = () => undefined;
  const paints: (string | null)[] = [];

  /** Tells what the task that committed leaves for the browser to paint; passive effects run in a later one. */
  function Watch({ mode }: { mode: string }): null {
    useLayoutEffect(() => {
      queueMicrotask(() => paints.push(document.querySelector('[data-testid=dashboard]')?.textContent ?? null));
    }, [mode]);
    return null;
  }
  // The same element at each render of App: so the reveal runs its effects and does not render it.
  const guard = <SecureUpsolveDashboard dashboard={Dashboard} />;
  function App(): ReactElement {
    const [mode, setMode] = useState<'visible' | 'hidden'>('visible');
    useEffect(() => {
      reveal = setMode;
    }, []);
    return (
      <>
        <React.Activity mode={mode}>{guard}</React.Activity>
        <Watch mode={mode} />
      </>
    );
  }
  render(
    <tenant.Provider>
      <App />
    </tenant.Provider>,
  );
  act(() => reveal('hidden'));
  tenant.set(EXPIRED);
  await Promise.resolve();
  paints.length = 0;

  // As in a page: inside of act() every effect would run before anything is looked at.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  reveal('visible');
  await vi.waitFor(() => expect(paints).toHaveLength(1));
  vi.unstubAllGlobals();
  expect(paints).toEqual([null]);
  expect(screen.getByRole('status')).toHaveTextContent('Reconnecting…');
});

describe('the filters that a guard keeps for its frames', () => {
  /** Stands for a frame: it says what it finds, then once leaves a filter, as an application frame does when it is drawn. */
  function Frame({ token }: { token: string }): ReactElement {
    const host = React.useContext(FrameHostContext);
    const [found] = useState(() => [...(host?.searches.values() ?? [])].join());
    const hasSaid = useRef(false);
    useEffect(() => {
      if (!hasSaid.current) host?.searches.set('address', '?f_a=1');
      hasSaid.current = true;
    }, [host]);
    return (
      <p data-testid="found" data-token={token}>
        {found}
      </p>
    );
  }
  // By its key a frame of each token.
  const guard = (
    <SecureUpsolveDashboard handover="immediate">
      {({ token }) => <Frame key={token} token={token} />}
    </SecureUpsolveDashboard>
  );
  const found = (): string => screen.getByTestId('found').textContent;

  it('are there for the next frame where StrictMode runs every effect twice', () => {
    const tenant = createFakeTenant(ready('token-1'));
    const { unmount } = render(
      <React.StrictMode>
        <tenant.Provider>{guard}</tenant.Provider>
      </React.StrictMode>,
    );
    expect(found()).toBe('');
    tenant.show(ready('token-2'));
    expect(found()).toBe('?f_a=1');
    unmount();
  });

  it.runIf(hasActivity)('outlive a while in which the view is hidden', () => {
    const tenant = createFakeTenant(ready('token-1'));
    const page = (mode: 'visible' | 'hidden') => (
      <tenant.Provider>
        <React.Activity mode={mode}>{guard}</React.Activity>
      </tenant.Provider>
    );
    const { rerender } = render(page('visible'));
    rerender(page('hidden'));
    rerender(page('visible'));
    tenant.show(ready('token-2'));
    expect(found()).toBe('?f_a=1');
  });

  it('are gone with another tenant', () => {
    const tenant = createFakeTenant(ready('token-1'));
    const page = (identity: string) => <tenant.Provider identity={identity}>{guard}</tenant.Provider>;
    const { rerender } = render(page('a'));
    tenant.set(ready('token-b', { identity: 'b' }));
    rerender(page('b'));
    expect(screen.getByTestId('found')).toHaveAttribute('data-token', 'token-b');
    expect(found()).toBe('');
  });

  it('are gone with a sign-out', () => {
    const tenant = createFakeTenant(ready('token-1'));
    render(<tenant.Provider>{guard}</tenant.Provider>);
    tenant.show(IDLE);
    tenant.show(ready('token-2'));
    expect(found()).toBe('');
  });
});
