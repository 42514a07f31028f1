import { createElement as h, useEffect, useState } from 'react';
import { DashboardBody } from './DashboardBody.js';
import { fingerprint } from './fingerprint.js';
import { Looks, useTheme } from './looks.js';
import { Skeleton } from './Skeleton.js';

const RELOAD_MS = 400;

/** Another token is another dashboard: whatever was set or scrolled in it is lost, as with the real one. */
export function UpsolveDashboard({ token, theme, ...rest }) {
  const looks = useTheme(theme);
  const mark = fingerprint(token);
  return h(Looks.Provider, { value: looks }, h(LoadedDashboard, { key: mark, token, mark, ...rest }));
}

function LoadedDashboard(props) {
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLoaded(true), RELOAD_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLoaded ? h(DashboardBody, props) : h(Skeleton);
}
