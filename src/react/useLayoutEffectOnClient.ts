import { useEffect, useLayoutEffect } from 'react';

/** A layout effect that does not warn where a page is rendered to text. */
export const useLayoutEffectOnClient: typeof useLayoutEffect =
  typeof document === 'undefined' ? useEffect : useLayoutEffect;
