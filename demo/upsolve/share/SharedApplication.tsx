import { useEffect, useRef, useState } from 'react';
import { UpsolveDashboard, type DashboardFilters } from '@upsolve/dashboard';

const VERSION = 1;

interface SharedApplicationProps {
  token: string;
  permissions: Record<string, boolean>;
  id: string;
  theme: 'light' | 'dark';
}

/** The one shared page that speaks to its parent, about filters only. */
export function SharedApplication({ token, permissions, id, theme }: SharedApplicationProps) {
  const [filters, setFilters] = useState<DashboardFilters>(() => parseFilters(location.search));
  const parentOrigin = useRef(readParentOrigin());

  useEffect(() => {
    const origin = parentOrigin.current;
    if (!origin) return undefined;
    const handleMessage = (event: MessageEvent<unknown>): void => {
      if (event.origin !== origin || event.source !== parent || !isSetParams(event.data)) return;
      if ((event.data.v ?? VERSION) > VERSION) return;
      setFilters(parseFilters(event.data.search));
    };
    addEventListener('message', handleMessage);
    parent.postMessage({ type: 'embed:ready', v: VERSION }, origin);
    return () => removeEventListener('message', handleMessage);
  }, []);

  const handleFilters = (next: DashboardFilters): void => {
    setFilters(next);
    const origin = parentOrigin.current;
    if (origin) parent.postMessage({ type: 'embed:params', v: VERSION, search: serializeFilters(next) }, origin);
  };

  return (
    <UpsolveDashboard
      token={token}
      permissions={permissions}
      dashboardId={id}
      theme={theme}
      filters={filters}
      onFiltersChange={handleFilters}
    />
  );
}

function readParentOrigin(): string | null {
  const text = new URLSearchParams(location.search).get('parentOrigin');
  if (!text || !URL.canParse(text)) return null;
  const { origin, protocol } = new URL(text);
  return /^https?:$/.test(protocol) ? origin : null;
}

function parseFilters(search: string): DashboardFilters {
  const params = new URLSearchParams(search);
  const [period, region] = [params.get('f_period'), params.get('f_region')];
  return { ...(period && { period }), ...(region && { region }) };
}

function serializeFilters(filters: DashboardFilters): string {
  const params = new URLSearchParams(Object.entries(filters).map(([name, value]) => [`f_${name}`, value]));
  return params.size === 0 ? '' : `?${params}`;
}

function isSetParams(data: unknown): data is { search: string; v?: number } {
  if (typeof data !== 'object' || data === null) return false;
  const { type, search } = data as Record<string, unknown>;
  return type === 'embed:set-params' && typeof search === 'string';
}
