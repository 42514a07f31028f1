import type { RefObject } from 'react';
import { useLayoutEffectOnClient } from '../useLayoutEffectOnClient';

/**
 * A strict Content-Security-Policy strips the style attributes of server-rendered markup, and hydration takes them for
 * set. Setting the same text by script is allowed.
 */
export function useServedStyles(root: RefObject<HTMLElement | null>): void {
  useLayoutEffectOnClient(() => {
    const element = root.current;
    for (const served of element ? [element, ...element.querySelectorAll<HTMLElement>('[style]')] : []) {
      if (served.style.length === 0) served.style.cssText = served.getAttribute('style') ?? '';
    }
  }, [root]);
}
