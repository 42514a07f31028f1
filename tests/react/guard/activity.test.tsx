import { act, render, screen } from '@testing-library/react';
import * as React from 'react';
import { type ReactElement, useEffect, useState } from 'react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { expect, it } from 'vitest';
import { createFakeTenant, Dashboard, HOUR, ready, snapshotOf } from './fakeTenant';

const hasActivity = 'Activity' in React;

it.runIf(hasActivity)('is revealed by an Activity without a commit that shows what ended meanwhile', () => {
  const tenant = createFakeTenant(ready('token-1', { lifeMs: HOUR }));
  let reveal: (mode: 'visible' | 'hidden') => void = () => undefined;
  const paints: (string | null)[] = [];
  function Watch(): null {
    // Passive effects of this commit run after the layout effects that may correct it before paint.
    useEffect(() => {
      paints.push(document.querySelector('[data-testid=dashboard]')?.textContent ?? null);
    });
    return null;
  }
  function App(): ReactElement {
    const [mode, setMode] = useState<'visible' | 'hidden'>('visible');
    useEffect(() => {
      reveal = setMode;
    }, []);
    return (
      <tenant.Provider>
        <React.Activity mode={mode}>
          <SecureUpsolveDashboard component={Dashboard} />
        </React.Activity>
        <Watch key={mode} />
      </tenant.Provider>
    );
  }
  render(<App />);
  act(() => reveal('hidden'));
  tenant.set(snapshotOf('a', { status: 'expired' }));
  paints.length = 0;
  act(() => reveal('visible'));
  expect(paints).toEqual([null]);
  expect(screen.getByRole('status')).toHaveTextContent('Reconnecting…');
});
