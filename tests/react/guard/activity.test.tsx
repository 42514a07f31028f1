import { act, render, screen } from '@testing-library/react';
import * as React from 'react';
import { type ReactElement, useEffect, useLayoutEffect, useState } from 'react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { expect, it, vi } from 'vitest';
import { createFakeTenant, Dashboard, EXPIRED, ready } from './fakeTenant';

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
