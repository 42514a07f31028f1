import { type RefObject, useState } from 'react';
import type { TenantSource } from '../../core/snapshot';
import { useLayoutEffectOnClient } from '../UpsolveTenantContext';

interface Speech {
  readonly element: Element;
  readonly source: TenantSource;
  readonly message: string;
}

/** What is being said. */
const SPEAKERS = /* @__PURE__ */ new Set<Speech>();

/**
 * Guards of one provider come to the same state in the same moment, and to a screen reader one voice is enough: whether
 * this guard is to be silent, since another one in view says the same.
 */
export function useSilence(source: TenantSource, root: RefObject<Element | null>, message: string): boolean {
  const [isSilent, setSilent] = useState(false);
  useLayoutEffectOnClient(() => {
    const element = root.current;
    if (!element) return;
    const speech = { element, source, message };
    // One in a closed tab of the page is heard by nobody.
    const isSaid = [...SPEAKERS].some(
      (said) => said.source === source && said.message === message && said.element.checkVisibility?.() !== false,
    );
    setSilent(isSaid);
    if (!isSaid) SPEAKERS.add(speech);
    return () => void SPEAKERS.delete(speech);
  }, [source, root, message]);
  return isSilent;
}
