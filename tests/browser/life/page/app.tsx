import { dehydrate, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactElement, useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';
import {
  SecureUpsolveDashboard,
  UpsolveTenantProvider,
  type UpsolveTenantEvent,
  useUpsolveTenant,
} from 'react-upsolve-tenant';
import { FakeUpsolveDashboard } from 'react-upsolve-tenant/testing';

declare global {
  interface Window {
    app: {
      /** Undefined until the first commit. */
      tenant: ReturnType<typeof useUpsolveTenant>;
      events: UpsolveTenantEvent[];
      /** Of the Content-Security-Policy. */
      violations: string[];
    };
    /** Set before the page's own script runs: moves the wall clock, as closing the lid does, and runs no timer. */
    moveClock?: (ms: number) => void;
  }
}

window.app = { events: [], violations: [] } as unknown as Window['app'];
document.addEventListener('securitypolicyviolation', (event) => window.app.violations.push(event.violatedDirective));

/**
 * What a page that somebody went back to shows, as it was kept or loaded anew: it tells the server, since a driver loses
 * sight of a page that was kept.
 */
const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
let back: 'loaded anew' | 'kept' | undefined = navigation?.type === 'back_forward' ? 'loaded anew' : undefined;
function report(): void {
  const isShown = document.querySelector('[aria-label="Fake Upsolve dashboard"]') !== null;
  // Before the first commit there is nothing to tell.
  if (back && window.app.tenant)
    navigator.sendBeacon('/report', JSON.stringify({ back, status: window.app.tenant.status, isShown }));
}
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) back = 'kept';
  report();
});

/** A host that writes all its queries to storage, as a persister does. */
const hostClient = new QueryClient({ defaultOptions: { dehydrate: { shouldDehydrateQuery: () => true } } });
hostClient.getQueryCache().subscribe(() => localStorage.setItem('host', JSON.stringify(dehydrate(hostClient))));

function Watcher(): null {
  const tenant = useUpsolveTenant();
  useLayoutEffect(() => {
    window.app.tenant = tenant;
    report();
  });
  return null;
}

function App(): ReactElement {
  return (
    <QueryClientProvider client={hostClient}>
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
        <SecureUpsolveDashboard />
      </UpsolveTenantProvider>
    </QueryClientProvider>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(<App />);
