import { type RefObject, useRef } from 'react';
import { useLayoutEffectOnClient } from '../UpsolveTenantContext';

const FADE_MS = 140;
/** What stood for less was hardly seen: it costs no animation, which would force a layout of the page. */
export const SEEN_MS = 100;

/** By the Web Animations API, which needs no stylesheet. Where less motion is wanted, or none can be had, nothing moves. */
export function animate(
  element: Element | null,
  frames: PropertyIndexedKeyframes,
  timing: KeyframeAnimationOptions,
): Animation | undefined {
  try {
    if (globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches) return undefined;
    return element?.animate?.(frames, timing);
  } catch {
    return undefined;
  }
}

/** Fades in what `place` holds after a change of `state`. What it holds first is there at once. */
export function useFade(place: RefObject<Element | null>, state: string): void {
  const former = useRef<{ state: string; sinceMs: number }>(undefined);
  useLayoutEffectOnClient(() => {
    const { current } = former;
    if (current?.state === state) return;
    const sinceMs = performance.now();
    former.current = { state, sinceMs };
    if (current && sinceMs - current.sinceMs > SEEN_MS) {
      // Not from nothing: what asks in that moment whether it is visible is told that it is.
      animate(place.current, { opacity: [0.1, 1] }, { duration: FADE_MS });
    }
  }, [place, state]);
}
