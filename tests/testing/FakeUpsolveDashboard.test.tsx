import { render, screen, within } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { createFakeTenant, FakeUpsolveDashboard, getTokenFingerprint } from 'react-upsolve-tenant/testing';
import { describe, expect, it, vi } from 'vitest';

describe('FakeUpsolveDashboard', () => {
  it('lists the permissions that are on', () => {
    const { rerender } = render(
      <FakeUpsolveDashboard {...createFakeTenant({ permissions: { addChart: true, disableTabs: true } })} />,
    );
    const list = screen.getByRole('list', { name: 'Permissions' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['addChart', 'disableTabs']);
    rerender(<FakeUpsolveDashboard {...createFakeTenant({ permissions: {} })} />);
    expect(screen.getByText('No permissions')).toBeVisible();
  });

  it('shows a fingerprint and never the token', () => {
    const { token, permissions } = createFakeTenant();
    const { container } = render(<FakeUpsolveDashboard token={token} permissions={permissions} dashboardId="sales" />);
    expect(screen.getByText(getTokenFingerprint(token))).toBeVisible();
    for (const part of token.split('.')) expect(container.outerHTML).not.toContain(part);
    expect(getTokenFingerprint(createFakeTenant().token)).not.toBe(getTokenFingerprint(token));
  });

  it('is a region with a name of your own', () => {
    render(<FakeUpsolveDashboard {...createFakeTenant()} title="Sales" />);
    expect(screen.getByRole('region', { name: 'Sales' })).toBeVisible();
  });

  it('tells mounts, commits and the end apart', () => {
    const told: string[] = [];
    const callbacks = {
      onMount: (name: string) => told.push(`mount ${name}`),
      onUpdate: (name: string) => told.push(`update ${name}`),
      onUnmount: (name: string) => told.push(`unmount ${name}`),
    };
    const [a, b] = [createFakeTenant(), createFakeTenant()];
    const [nameA, nameB] = [getTokenFingerprint(a.token), getTokenFingerprint(b.token)];
    const { rerender, unmount } = render(<FakeUpsolveDashboard {...a} {...callbacks} />);
    rerender(<FakeUpsolveDashboard {...b} {...callbacks} />);
    unmount();
    expect(told).toEqual([`mount ${nameA}`, `update ${nameB}`, `unmount ${nameB}`]);
  });

  it('tells no update that StrictMode makes up', () => {
    const onUpdate = vi.fn();
    render(
      <StrictMode>
        <FakeUpsolveDashboard {...createFakeTenant()} onUpdate={onUpdate} />
      </StrictMode>,
    );
    expect(onUpdate).not.toHaveBeenCalled();
  });

  it('refuses to be rendered without a token', () => {
    const element = <FakeUpsolveDashboard {...createFakeTenant()} token="" />;
    expect(() => renderToString(element)).toThrow('without a token');
  });
});
