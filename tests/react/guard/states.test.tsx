import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
  const text = alert.textContent.trim();
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

it.each([
  ['No connection', ['network']],
  ['Your session has ended', ['unauthenticated', 'token_expired']],
  ['You’ve changed accounts', ['tenant_mismatch']],
  ['No access', ['forbidden']],
  [
    'This dashboard isn’t set up yet',
    [
      'origin_not_allowed',
      'invalid_api_key',
      'invalid_tenant_configuration',
      'not_found',
      'insecure_endpoint',
      'api_key_in_browser',
      'invalid_options',
    ],
  ],
] as const)('says “%s” where that is what it is, and else that the dashboard isn’t available', (title, codes) => {
  const said = ERROR_CODES.filter((code) => getErrorText(LABELS.errorTitles, code) === title);
  expect(said.toSorted()).toEqual(codes.toSorted());
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

describe('the next try', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is counted down beside what is said, and its line stays while there is none', () => {
    const at = new Date(Date.now() + 61_000);
    const { tenant } = show(createFakeTenant(failed('server', { nextAttemptAt: at })));
    const line = screen.getByText(/^Next try in/);
    expect(line).toHaveTextContent('Next try in 2 min');
    act(() => void vi.advanceTimersByTime(2_000));
    expect(line).toHaveTextContent('Next try in 59 s');
    expect(screen.getByRole('alert')).not.toContainElement(line);
    act(() => void vi.advanceTimersByTime(70_000));
    expect(line).toHaveTextContent('Next try in 1 s');
    tenant.show(failed('server', { isRefreshing: true }));
    expect(line).toBeInTheDocument();
    expect(line).not.toHaveTextContent('Next try');
    tenant.show(failed('server', { nextAttemptAt: new Date(Date.now() + 8_000) }));
    expect(line).toHaveTextContent('Next try in 8 s');
    expect(vi.getTimerCount()).toBe(1);
  });

  it('has no line where none will be', () => {
    const { container } = show(createFakeTenant(failed('forbidden')));
    expect(container.querySelectorAll('p')).toHaveLength(2);
  });
});

describe('a try of the user’s', () => {
  const press = () => userEvent.click(screen.getByRole('button'));

  it('that fails alike is said again, and one that the page made itself is not', async () => {
    const { tenant } = show(createFakeTenant(failed('server')));
    const first = screen.getByRole('alert');
    tenant.show(failed('server', { isRefreshing: true }));
    tenant.show(failed('server', { failureCount: 3 }));
    expect(screen.getByRole('alert')).toBe(first);
    await press();
    tenant.show(failed('server', { isRefreshing: true }));
    expect(screen.getByRole('alert')).toBe(first);
    tenant.show(failed('server', { failureCount: 4 }));
    const second = screen.getByRole('alert');
    expect(second).not.toBe(first);
    tenant.show(failed('server', { isRefreshing: true }));
    tenant.show(failed('server', { failureCount: 5 }));
    expect(screen.getByRole('alert')).toBe(second);
  });

  it('that fails otherwise is said by its new text alone', async () => {
    const { tenant } = show(createFakeTenant(failed('server')));
    const alert = screen.getByRole('alert');
    await press();
    tenant.show(failed('server', { isRefreshing: true }));
    tenant.show(failed('forbidden'));
    expect(screen.getByRole('alert')).toBe(alert);
    expect(alert).toHaveTextContent('No access');
  });

  it('is said by its own guard, though another one spoke for both', async () => {
    const tenant = createFakeTenant(failed('server'));
    render(
      <tenant.Provider>
        <SecureUpsolveDashboard dashboard={Dashboard} title="first" />
        <SecureUpsolveDashboard dashboard={Dashboard} title="second" />
      </tenant.Provider>,
    );
    const second = within(screen.getByRole('region', { name: 'second' }));
    expect(second.queryByRole('alert')).toBeNull();
    await userEvent.click(second.getByRole('button'));
    tenant.show(failed('server', { isRefreshing: true }));
    tenant.show(failed('server', { failureCount: 2 }));
    expect(second.getByRole('alert')).toHaveTextContent(LABELS.errorTitles.busy);
  });
});

it('lets a notice be put away until something else fails or the failure is over', async () => {
  const { tenant } = show(createFakeTenant(ready('token-1', { code: 'server' })), { title: 'Sales' });
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  expect(screen.getByRole('region', { name: 'Sales' })).toHaveFocus();
  tenant.show(withProgress(ready('token-1', { code: 'server' }), { failureCount: 2 }));
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  tenant.show(ready('token-1', { code: 'forbidden' }));
  expect(screen.getByRole('status')).toHaveTextContent(LABELS.notice);
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  tenant.show(ready('token-1'));
  tenant.show(ready('token-1', { code: 'forbidden' }));
  expect(screen.getByRole('status')).toHaveTextContent(LABELS.notice);
});

it('gives the app’s own notice the same way to put it away', async () => {
  show(createFakeTenant(ready('token-1', { code: 'server' })), {
    notice: ({ error, dismiss }) => (
      <button type="button" onClick={dismiss}>
        {`close ${error.code}`}
      </button>
    ),
  });
  await userEvent.click(screen.getByRole('button', { name: 'close server' }));
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

it('is silent for another guard of its own provider alone, and for as long as that says the same', () => {
  const [here, there] = [createFakeTenant(failed('server')), createFakeTenant(failed('server'))];
  const page = (names: string[]) => (
    <>
      <here.Provider>
        {names.map((name) => (
          <SecureUpsolveDashboard key={name} dashboard={Dashboard} title={name} />
        ))}
      </here.Provider>
      <there.Provider>
        <SecureUpsolveDashboard dashboard={Dashboard} title="there" />
      </there.Provider>
    </>
  );
  const speaks = (title: string) => within(screen.getByRole('region', { name: title })).queryByRole('alert') !== null;
  const { rerender } = render(page(['first', 'second']));
  expect(['first', 'second', 'there'].map(speaks)).toEqual([true, false, true]);
  rerender(page(['second']));
  here.show(failed('forbidden'));
  expect(['second', 'there'].map(speaks)).toEqual([true, true]);
});
