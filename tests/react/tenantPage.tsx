import { act, render, type RenderResult } from '@testing-library/react';
import { type ReactElement, useLayoutEffect } from 'react';
import {
  type UseTokenRefreshResult,
  type UseUpsolveTenantResult,
  useTokenRefresh,
  useUpsolveTenant,
} from 'react-upsolve-tenant';
import { vi } from 'vitest';

/** What the hooks gave a component at its last commit, and every tenant that any of its renders saw. */
export interface Watched {
  tenant: UseUpsolveTenantResult;
  refresh: UseTokenRefreshResult;
  /** One row for each render, committed or not. */
  readonly renders: { wanted: string | undefined; id: string | undefined; status: string }[];
}

export function createWatcher(): {
  watched: Watched;
  Watcher: (props: { wanted?: string | undefined }) => ReactElement | null;
} {
  const watched = { renders: [] } as unknown as Watched;
  function Watcher({ wanted }: { wanted?: string | undefined }): null {
    const tenant = useUpsolveTenant();
    const refresh = useTokenRefresh();
    watched.renders.push({ wanted, id: tenant.tenant?.id, status: tenant.status });
    useLayoutEffect(() => {
      Object.assign(watched, { tenant, refresh });
    });
    return null;
  }
  return { watched, Watcher };
}

/** Renders on fake time and lets everything that needs no time happen. */
export async function renderPage(page: ReactElement): Promise<RenderResult> {
  const result = render(page);
  await pass(0);
  return result;
}

export async function pass(ms: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}
