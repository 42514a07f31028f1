import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { expect, it, vi } from 'vitest';
import { ERROR_CODES } from '../../../src/core/errors';
import { getErrorText, resolveLabels } from '../../../src/react/guard/labels';
import { createFakeTenant, Dashboard, EXPIRED, failed, IDLE, ready, withProgress } from './fakeTenant';

const LABELS = resolveLabels();

type Props = Omit<ComponentProps<typeof SecureUpsolveDashboard<typeof Dashboard>>, 'children' | 'dashboard'>;

function show(tenant = createFakeTenant(), props: Props = {}) {
  const view = render(
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Dashboard} {...props} />
    </tenant.Provider>,
  );
  return { tenant, ...view };
}

it('shows a spinner with its text in a status while loading', () => {
  const { container } = show();
  expect(screen.getByRole('status')).toHaveTextContent('Loading dashboard…');
  expect(container.querySelector('svg')).not.toBeNull();
  expect(screen.queryByTestId('dashboard')).toBeNull();
});

it('shows the dashboard with token and permissions once there is a tenant', () => {
  const { tenant } = show();
  tenant.show(ready('token-1', { flags: { addChart: true } }));
  expect(screen.getByTestId('dashboard')).toHaveTextContent('token-1 addChart');
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

it('shows a spinner instead of the dashboard once the token has expired', () => {
  const { tenant } = show();
  tenant.show(ready('token-1'));
  tenant.show(withProgress(EXPIRED, { isRefreshing: true }));
  expect(screen.queryByTestId('dashboard')).toBeNull();
  expect(screen.getByRole('status')).toHaveTextContent('Reconnecting…');
});

it('shows nothing while idle, or the idle fallback', () => {
  const { container, unmount } = show(createFakeTenant(IDLE));
  expect(container).toBeEmptyDOMElement();
  unmount();
  show(createFakeTenant(IDLE), { idleFallback: 'Choose an organization' });
  expect(screen.getByText('Choose an organization')).toBeInTheDocument();
});

it('keeps the very same dashboard in place when a refresh fails, with a quiet notice beside it', () => {
  const { tenant } = show();
  tenant.show(ready('token-1'));
  const before = screen.getByTestId('dashboard');
  tenant.show(ready('token-1', { code: 'server' }));
  expect(screen.getByTestId('dashboard')).toBe(before);
  expect(screen.getByRole('status')).toHaveTextContent(LABELS.notice);
  expect(screen.queryByRole('alert')).toBeNull();
  tenant.show(ready('token-1'));
  expect(screen.getByTestId('dashboard')).toBe(before);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

it('announces an error once: trying again changes the button outside of the alert', async () => {
  const { tenant } = show(createFakeTenant(failed('network')));
  const alert = screen.getByRole('alert');
  const text = alert.textContent;
  const button = screen.getByRole('button', { name: 'Try again' });
  await userEvent.click(button);
  expect(tenant.source.retry).toHaveBeenCalledTimes(1);
  tenant.show(failed('network', { isRefreshing: true }));
  expect(screen.getByRole('alert')).toBe(alert);
  expect(alert).toHaveTextContent(text);
  expect(alert).not.toContainElement(button);
});

it('keeps the retry button focusable but dead while an attempt runs', async () => {
  const { tenant } = show(createFakeTenant(failed('network', { isRefreshing: true })));
  const button = screen.getByRole('button', { name: 'Trying again…' });
  await userEvent.tab();
  expect(button).toHaveFocus();
  expect(button).toHaveAttribute('aria-disabled', 'true');
  await userEvent.keyboard('{Enter}');
  expect(tenant.source.retry).not.toHaveBeenCalled();
});

it.each(ERROR_CODES)('has a sentence for a user for %s', (code) => {
  show(createFakeTenant(failed(code)));
  const text = getErrorText(LABELS.errors, code);
  expect(text).toMatch(/[.?]$/);
  expect(screen.getByRole('alert')).toHaveTextContent(text);
});

it('shows nothing that a server said', () => {
  const { container } = show(createFakeTenant(failed('invalid_response')));
  expect(container).not.toHaveTextContent('holds no acceptable tenant token');
});

it('is busy while it waits, and the texts are said outside of what is busy', () => {
  const { tenant } = show();
  const stage = screen.getByRole('group', { name: 'Dashboard' });
  expect(stage).toHaveAttribute('aria-busy', 'true');
  expect(stage).not.toContainElement(screen.getByRole('status'));
  tenant.show(ready('token-1'));
  expect(stage).toHaveAttribute('aria-busy', 'false');
});

it('is one element in every state, and the same one', () => {
  const { tenant, container } = show();
  const root = container.firstElementChild;
  for (const next of [ready('t'), ready('t', { code: 'server' }), EXPIRED, failed('server')]) {
    tenant.show(next);
    expect(container.children).toHaveLength(1);
    expect(container.firstElementChild).toBe(root);
    expect(root).toHaveAttribute('data-status', next.state.status);
  }
});

it('fills every slot with what it is given', () => {
  const errorFallback = vi.fn(({ error, isRefreshing }) => `${error.code} ${isRefreshing}`);
  const { tenant } = show(createFakeTenant(), {
    loadingFallback: 'my loading',
    expiredFallback: 'my expired',
    notice: ({ error }) => `my notice: ${error.code}`,
    errorFallback,
  });
  expect(screen.getByRole('status')).toHaveTextContent('my loading');
  tenant.show(ready('token-1', { code: 'timeout' }));
  expect(screen.getByRole('status')).toHaveTextContent('my notice: timeout');
  tenant.show(EXPIRED);
  expect(screen.getByRole('status')).toHaveTextContent('my expired');
  const at = new Date();
  tenant.show(failed('server', { nextAttemptAt: at }));
  expect(screen.getByText('server false')).toBeInTheDocument();
  expect(errorFallback).toHaveBeenLastCalledWith(
    expect.objectContaining({ retry: tenant.source.retry, isRefreshing: false, nextAttemptAt: at }),
  );
});

it('shows the loading fallback for an expired token too, unless that has its own', () => {
  const tenant = createFakeTenant(EXPIRED);
  show(tenant, { loadingFallback: 'my loading' });
  expect(screen.getByRole('status')).toHaveTextContent('my loading');
});

it('shows no notice where the slot is null', () => {
  show(createFakeTenant(ready('token-1', { code: 'server' })), { notice: null });
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});
