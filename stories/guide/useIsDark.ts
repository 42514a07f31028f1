import { useSyncExternalStore } from 'react';

const DARK = matchMedia('(prefers-color-scheme: dark)');

function followScheme(listener: () => void): () => void {
  DARK.addEventListener('change', listener);
  return () => DARK.removeEventListener('change', listener);
}

/** Whether the system is dark. */
export function useIsDark(): boolean {
  return useSyncExternalStore(followScheme, () => DARK.matches);
}
