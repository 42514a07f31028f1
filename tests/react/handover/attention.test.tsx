import { act, fireEvent, render } from '@testing-library/react';
import { createPortal } from 'react-dom';
import { type DashboardTenantProps, SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeTenant, ready } from '../guard/fakeTenant';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  for (const property of ['fullscreenElement', 'webkitFullscreenElement']) Reflect.deleteProperty(document, property);
  document.body.replaceChildren();
});

function pass(ms: number): void {
  act(() => void vi.advanceTimersByTime(ms));
}

/** A guard with a newer token that waits, in this page's document or in another one. */
function wait(Dashboard: (props: DashboardTenantProps) => React.ReactNode, into?: Element) {
  const tenant = createFakeTenant(ready('token-1'));
  const guard = <SecureUpsolveDashboard dashboard={Dashboard} />;
  const { container } = render(<tenant.Provider>{into ? createPortal(guard, into) : guard}</tenant.Provider>);
  tenant.show(ready('token-2'));
  const root = (into ?? container).querySelector('.upsolve-tenant') as HTMLElement;
  return { root, shown: () => /token-\d/.exec(root.innerHTML)?.[0] };
}

const Native = ({ token }: DashboardTenantProps) => (
  <section>
    {token} <input aria-label="inside" />
  </section>
);
const Framed = ({ token }: DashboardTenantProps) => <iframe title="dashboard" data-token={token} />;

const FEATURED = ['pointerdown', 'pointermove', 'pointerover', 'keydown', 'wheel', 'touchstart', 'touchmove', 'scroll'];
const WITHOUT_KEYS = ['beforeinput', 'input', 'compositionupdate', 'drop'];

it.each([...FEATURED, ...WITHOUT_KEYS])('whoever causes a %s event is there, and is not reloaded', (type) => {
  const { root, shown } = wait(Native);
  pass(29_000);
  fireEvent(root.querySelector('input') as Element, new Event(type, { bubbles: type !== 'scroll', composed: true }));
  pass(29_000);
  expect(shown()).toBe('token-1');
  pass(2_000);
  expect(shown()).toBe('token-2');
});

it('input counts in the document that the dashboard stands in, which may be another window’s', () => {
  const popup = document.body.appendChild(document.createElement('iframe')).contentDocument as Document;
  const { shown } = wait(Native, popup.body.appendChild(popup.createElement('div')));
  pass(29_000);
  fireEvent.keyDown(popup.body);
  pass(29_000);
  expect(shown()).toBe('token-1');
  // Nobody in the popup sees what happens in the page that opened it.
  fireEvent.keyDown(document.body);
  pass(2_000);
  expect(shown()).toBe('token-2');
});

it.each([
  ['the guard', 'fullscreenElement', (root: Element) => root],
  ['what is around it', 'fullscreenElement', (root: Element) => root.parentElement],
  ['a part of the dashboard', 'fullscreenElement', (root: Element) => root.querySelector('input')],
  ['by an older Safari', 'webkitFullscreenElement', (root: Element) => root],
])('in full screen it is in use: %s', (_what, property, find) => {
  const { root, shown } = wait(Native);
  Object.defineProperty(document, property, { configurable: true, value: find(root) });
  pass(10 * 60_000);
  expect(shown()).toBe('token-1');
  Object.defineProperty(document, property, { configurable: true, value: null });
  pass(1_000);
  expect(shown()).toBe('token-2');
});

it('what else is in full screen is no use of it', () => {
  const { shown } = wait(Native);
  const other = document.body.appendChild(document.createElement('video'));
  Object.defineProperty(document, 'fullscreenElement', { configurable: true, value: other });
  pass(31_000);
  expect(shown()).toBe('token-2');
});

describe('over a frame the page sees no input, so it is in use while', () => {
  it('it has the focus', () => {
    const { root, shown } = wait(Framed);
    act(() => root.querySelector('iframe')?.focus());
    pass(10 * 60_000);
    expect(shown()).toBe('token-1');
    act(() => root.querySelector('iframe')?.blur());
    pass(1_000);
    expect(shown()).toBe('token-2');
  });

  it('the pointer was last seen over it', () => {
    const { root, shown } = wait(Framed);
    fireEvent.pointerOver(root.querySelector('iframe') as Element);
    pass(10 * 60_000);
    expect(shown()).toBe('token-1');
    fireEvent.pointerMove(document.body);
    pass(31_000);
    expect(shown()).toBe('token-2');
  });

  it.each([
    ['a touch', () => fireEvent.touchStart(document.body)],
    ['a pointer that is a finger', () => fireEvent(document.body, createPointer('touch'))],
  ])('%s was the last input, after which no pointer rests anywhere', (_what, touch) => {
    const { shown } = wait(Framed);
    touch();
    pass(10 * 60_000);
    expect(shown()).toBe('token-1');
    fireEvent(document.body, createPointer('mouse'));
    pass(31_000);
    expect(shown()).toBe('token-2');
  });
});

it('a native dashboard that was touched last is not in use for ever', () => {
  const { shown } = wait(Native);
  fireEvent.touchStart(document.body);
  pass(31_000);
  expect(shown()).toBe('token-2');
});

/** jsdom has no PointerEvent. */
function createPointer(pointerType: string): Event {
  return Object.assign(new Event('pointermove', { bubbles: true }), { pointerType });
}
