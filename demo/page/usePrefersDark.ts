import { useSyncExternalStore } from 'react';

const query = matchMedia('(prefers-color-scheme: dark)');

export function usePrefersDark(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => query.matches,
  );
}
