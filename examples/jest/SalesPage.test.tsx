import { act, render, screen } from '@testing-library/react';
import { createFakeBackend } from 'react-upsolve-tenant/testing';
import { SalesPage } from './SalesPage';

const HOUR_MS = 3_600_000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** The page looks at its clock once a second. */
const look = () => act(() => jest.advanceTimersByTimeAsync(1_000));

test('the sales page has a new token two hours later', async () => {
  const backend = createFakeBackend({ permissions: { addChart: true } });
  render(<SalesPage tenantProps={backend.providerProps} />);
  await look();
  expect(screen.getByText('Sales, editable')).toBeInTheDocument();

  backend.setPermissions({ readOnly: true });
  backend.clock.advance(2 * HOUR_MS);
  await look();
  expect(screen.getByText('Sales, to read')).toBeInTheDocument();
  expect(backend.requests).toHaveLength(2);
});

test('a sales page that slept through the end of its token shows nothing of it', async () => {
  const backend = createFakeBackend();
  render(<SalesPage tenantProps={backend.providerProps} />);
  await look();

  backend.hang();
  backend.clock.sleep(5 * HOUR_MS);
  await look();
  expect(screen.getByText('Sales are expired')).toBeInTheDocument();

  backend.release();
  await look();
  expect(screen.getByText('Sales, to read')).toBeInTheDocument();
});
