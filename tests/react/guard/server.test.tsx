import { act, screen } from '@testing-library/react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { version } from 'react';
import { renderToString } from 'react-dom/server';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { expect, it } from 'vitest';
import { expectConsole } from '../../setup/console';
import { createFakeTenant, Dashboard, ready } from './fakeTenant';

function page() {
  const tenant = createFakeTenant(ready('token-1'));
  return (
    <tenant.Provider>
      <SecureUpsolveDashboard dashboard={Dashboard} />
    </tenant.Provider>
  );
}

/** Where this test renders to text there is a document, as on no server: React 18 warns of layout effects then. */
function renderOnServer(): string {
  if (version.startsWith('18')) expectConsole('error', /useLayoutEffect does nothing on the server/);
  return renderToString(page());
}

it('is the loading state on the server, whatever the source says', () => {
  const html = renderOnServer();
  expect(html).toContain('Loading dashboard…');
  expect(html).not.toContain('token-1');
});

it('hydrates without a difference, and then shows what holds', () => {
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = renderOnServer();
  let root: Root | undefined;
  act(() => {
    root = hydrateRoot(container, page(), { onRecoverableError: (error) => expect.unreachable(String(error)) });
  });
  expect(screen.getByTestId('dashboard')).toHaveTextContent('token-1');
  act(() => root?.unmount());
  container.remove();
});

it('has its looks after hydration even where a policy stripped the style attributes', () => {
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = renderOnServer();
  // A policy leaves the attribute in place and does not apply it.
  for (const element of container.querySelectorAll<HTMLElement>('[style]')) {
    const text = element.getAttribute('style') ?? '';
    element.style.cssText = '';
    element.getAttribute = (name) => (name === 'style' ? text : Element.prototype.getAttribute.call(element, name));
  }
  const root = container.querySelector<HTMLElement>('.upsolve-tenant');
  let hydrated: Root | undefined;
  act(() => {
    hydrated = hydrateRoot(container, page(), { onRecoverableError: () => undefined });
  });
  expect(root?.style.display).toBe('grid');
  act(() => hydrated?.unmount());
  container.remove();
});
