import { type ReactNode, type RefObject, useCallback, useRef } from 'react';
import { useLayoutEffectOnClient } from '../UpsolveTenantContext';

export interface KeptPlace {
  readonly root: RefObject<HTMLDivElement | null>;
  readonly stage: RefObject<HTMLDivElement | null>;
  /** To be called just before content of `root` goes; `isTall` where its height is worth keeping. */
  readonly keepPlace: (isTall: boolean) => void;
}

/**
 * What goes at the end of a state would take the user's place along: the focus inside it, and while the dashboard is away
 * the height that the page was scrolled by. The focus goes to the stage instead of to the body, and `root` stays as high as
 * the dashboard was until it is back.
 */
export function useKeptPlace(isKept: boolean): KeptPlace {
  const root = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const focused = useRef<Element | null>(null);

  const keepPlace = useCallback((isTall: boolean) => {
    const element = root.current;
    if (!element) return;
    const { activeElement } = element.getRootNode() as Document | ShadowRoot;
    if (element.contains(activeElement)) focused.current = activeElement;
    if (isTall && element.offsetHeight > 0) {
      element.style.setProperty('--upsolve-kept-height', `${element.offsetHeight}px`);
    }
  }, []);

  useLayoutEffectOnClient(() => {
    if (stage.current && focused.current?.isConnected === false) {
      stage.current.tabIndex = -1;
      stage.current.focus({ preventScroll: true });
    }
    focused.current = null;
  });
  // At each commit: content that another tenant's takes the place of has left its height too.
  useLayoutEffectOnClient(() => {
    if (!isKept) root.current?.style.removeProperty('--upsolve-kept-height');
  });
  return { root, stage, keepPlace };
}

export interface LeavingProps {
  readonly isTall: boolean;
  readonly onLeave: KeptPlace['keepPlace'];
  readonly children: ReactNode;
}

/** Content of one state. React runs the cleanup of a layout effect while what goes still stands in the page. */
export function Leaving({ isTall, onLeave, children }: LeavingProps): ReactNode {
  useLayoutEffectOnClient(() => () => onLeave(isTall), [onLeave, isTall]);
  return children;
}
