import { type ReactNode, type RefObject, useCallback, useRef } from 'react';
import { useLayoutEffectOnClient } from '../useLayoutEffectOnClient';

export interface KeptPlace {
  readonly root: RefObject<HTMLDivElement | null>;
  readonly stage: RefObject<HTMLDivElement | null>;
  /** To be called just before content of `root` goes. */
  readonly keepPlace: () => void;
}

/**
 * What goes at the end of a state would take the user's place along: the focus inside it, and the height that the page
 * was scrolled by. The focus goes to the stage instead of to the body, and `root` stays as high as it was.
 */
export function useKeptPlace(isNew: boolean): KeptPlace {
  const root = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const focused = useRef<Element | null>(null);

  const keepPlace = useCallback(() => {
    const element = root.current;
    if (!element) return;
    const { activeElement } = element.getRootNode() as Document | ShadowRoot;
    if (element.contains(activeElement)) focused.current = activeElement;
    if (element.offsetHeight > 0) element.style.setProperty('--upsolve-kept-height', `${element.offsetHeight}px`);
  }, []);

  useLayoutEffectOnClient(() => {
    if (stage.current && focused.current?.isConnected === false) {
      stage.current.tabIndex = -1;
      stage.current.focus({ preventScroll: true });
    }
    focused.current = null;
    if (isNew) root.current?.style.removeProperty('--upsolve-kept-height');
  });
  return { root, stage, keepPlace };
}

/** Content of one state. React runs the cleanup of a layout effect while what goes still stands in the page. */
export function Leaving({ onLeave, children }: { onLeave: () => void; children: ReactNode }): ReactNode {
  useLayoutEffectOnClient(() => onLeave, [onLeave]);
  return children;
}
