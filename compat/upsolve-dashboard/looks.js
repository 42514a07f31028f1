import { createContext, useContext, useSyncExternalStore } from 'react';

const LIGHT = {
  scheme: 'light',
  page: '#f7f8fa',
  card: '#ffffff',
  line: '#dfe3ea',
  ink: '#1b2230',
  quiet: '#566073',
  accent: '#3452c7',
  soft: '#e9edfb',
  series: ['#3452c7', '#0f8a7e', '#c2710c', '#8a4bbf', '#56607a'],
};

const DARK = {
  scheme: 'dark',
  page: '#12161d',
  card: '#1a202a',
  line: '#2d3543',
  ink: '#e9edf5',
  quiet: '#a5afc0',
  accent: '#93a8ff',
  soft: '#252e47',
  series: ['#93a8ff', '#55cfc0', '#f2b45c', '#c79af0', '#a5afc0'],
};

export const Looks = createContext(LIGHT);

export function useLooks() {
  return useContext(Looks);
}

/** The theme asked for, else what the system prefers; light where neither can be known. */
export function useTheme(theme) {
  const prefersDark = useSyncExternalStore(subscribe, isDarkPreferred, () => false);
  return (theme ?? (prefersDark ? 'dark' : 'light')) === 'dark' ? DARK : LIGHT;
}

const DARK_QUERY = '(prefers-color-scheme: dark)';

function subscribe(listener) {
  if (typeof matchMedia !== 'function') return () => {};
  const query = matchMedia(DARK_QUERY);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

function isDarkPreferred() {
  return typeof matchMedia === 'function' && matchMedia(DARK_QUERY).matches;
}
