import { JSDOM } from 'jsdom';

/** A page for a script. React looks for one when it is imported, so this comes before that import. */
export function openJsdomPage(): Window {
  const { window } = new JSDOM('<!doctype html>', { url: 'https://app.test/', pretendToBeVisual: true });
  for (const name of ['window', 'document', 'navigator', 'HTMLElement', 'HTMLIFrameElement', 'Node', 'Event'])
    Object.defineProperty(globalThis, name, { configurable: true, value: window[name as 'Event'] });
  return window as unknown as Window;
}
