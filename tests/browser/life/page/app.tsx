import { dehydrate, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Activity, type ReactElement, type ReactNode, useLayoutEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
  SecureUpsolveDashboard,
  UpsolveDashboardFrame,
  UpsolveTenantProvider,
  type UpsolveTenantEvent,
  useTokenRefresh,
  useUpsolveTenant,
} from 'react-upsolve-tenant';
import { FakeUpsolveDashboard } from 'react-upsolve-tenant/testing';
import { isShown, type ShownSample, sampleShown } from './sampleShown';

declare global {
  interface Window {
    app: {
      /** Undefined until the first commit. */
      tenant: ReturnType<typeof useUpsolveTenant>;
      handoverNow: () => void;
      /** Hides the view that is kept, or reveals it. */
      setHidden: (isHidden: boolean) => void;
      sampleShown: () => ShownSample;
      events: UpsolveTenantEvent[];
      /** Of the Content-Security-Policy. */
      violations: string[];
    };
    /** Set before the page's own script runs: moves the wall clock, as closing the lid does, and runs no timer. */
    moveClock?: (ms: number) => void;
  }
}

/**
 * kept     `provider` or `guard`: that much is kept by an Activity, where React has one
 * frame    the dashboard is a share page, at this base; empty: at Upsolve's own
 */
const query = new URLSearchParams(location.search);

window.app = { events: [], violations: [], sampleShown } as unknown as Window['app'];
document.addEventListener('securitypolicyviolation', (event) => window.app.violations.push(event.violatedDirective));

/**
 * What a page that somebody went back to shows, as it was kept or loaded anew: it tells the server, since a driver loses
 * sight of a page that was kept.
 */
const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
let back: 'loaded anew' | 'kept' | undefined = navigation?.type === 'back_forward' ? 'loaded anew' : undefined;
let told: string | undefined;
let telling: Promise<unknown> = Promise.resolve();
function report(): void {
  // Before the first commit there is nothing to tell.
  if (!back || !window.app.tenant) return;
  const text = JSON.stringify({ back, status: window.app.tenant.status, isShown: isShown() });
  if (text === told) return;
  told = text;
  // One after the other: of two that are on their way at once the later may come first.
  telling = telling.then(() => fetch('/report', { method: 'POST', body: text }));
}
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) back = 'kept';
  report();
  // What somebody goes back to is what they want to see.
  if (persisted && query.has('kept')) {
    sampleShown(report);
    window.app.setHidden(false);
  }
});

/** A host that writes all its queries to storage, as a persister does. */
const hostClient = new QueryClient({ defaultOptions: { dehydrate: { shouldDehydrateQuery: () => true } } });
hostClient.getQueryCache().subscribe(() => {
  try {
    localStorage.setItem('host', JSON.stringify(dehydrate(hostClient)));
  } catch {
    // Then it keeps nothing.
  }
});
// Its app has rendered before, and hears whether the browser takes itself to be offline.
hostClient.mount();
if (!navigator.onLine) window.dispatchEvent(new Event('offline'));

function Watcher(): null {
  const tenant = useUpsolveTenant();
  const { handoverNow } = useTokenRefresh();
  useLayoutEffect(() => {
    Object.assign(window.app, { tenant, handoverNow });
    // What a reveal runs its effects with may be replaced before the browser paints.
    queueMicrotask(report);
  });
  return null;
}

/** Its children are the same elements at each render, so a reveal doesn't render them. */
function Kept({ children }: { children: ReactNode }): ReactElement {
  const [isHidden, setHidden] = useState(false);
  useLayoutEffect(() => {
    window.app.setHidden = setHidden;
  }, []);
  return <Activity mode={isHidden ? 'hidden' : 'visible'}>{children}</Activity>;
}

function Guard(): ReactElement {
  const baseUrl = query.get('frame');
  if (baseUrl === null) return <SecureUpsolveDashboard />;
  return (
    <SecureUpsolveDashboard
      dashboard={UpsolveDashboardFrame}
      dashboardId="board"
      title="Board"
      baseUrl={baseUrl || undefined}
      settleMs={Number(query.get('settleMs') ?? 2_000)}
    />
  );
}

const keep = (part: 'provider' | 'guard', content: ReactElement): ReactElement =>
  query.get('kept') === part ? <Kept>{content}</Kept> : content;

function App(): ReactElement {
  return (
    <QueryClientProvider client={hostClient}>
      {keep(
        'provider',
        <UpsolveTenantProvider
          endpoint="/upsolve/tenant/register"
          refreshEndpoint="/upsolve/tenant/refresh-token"
          tenantId="acme"
          sessionKey="user"
          // A backend that is held by a test is held until the test lets go.
          requestTimeoutMs={600_000}
          dashboard={FakeUpsolveDashboard}
          onEvent={(event) => window.app.events.push(event)}
        >
          <Watcher />
          {keep('guard', <Guard />)}
        </UpsolveTenantProvider>,
      )}
    </QueryClientProvider>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(<App />);
