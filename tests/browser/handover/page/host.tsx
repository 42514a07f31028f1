import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';
import {
  type DashboardTenantProps,
  SecureUpsolveDashboard,
  UpsolveDashboardFrame,
  UpsolveTenantContext,
} from 'react-upsolve-tenant';
import { createHandoverHub } from '../../../../src/react/handover/handoverHub';
import { createHostTenant, type HostTenant } from './hostTenant';
import { isPainted, sampleBlank } from './sampleBlank';

const query = new URLSearchParams(location.search);
const shareUrl = query.get('share') ?? '';
const kind = query.get('kind') ?? 'dashboard';
const handover = (query.get('handover') ?? 'natural-break') as 'immediate';
const settleMs = Number(query.get('settleMs') ?? 2_000);

/** The document in which the dashboard stands: another window's, where the query says so. */
const popup = query.get('window') === 'popup' ? window.open('', '', 'width=800,height=600') : null;

const tenant = createHostTenant();
const hub = createHandoverHub(tenant.source.now);
const seen: Seen = { events: [], mounts: 0, commits: 0, searches: [], tokens: [] };

interface Seen {
  events: unknown[];
  mounts: number;
  commits: number;
  searches: string[];
  /** The token of each commit of the native dashboard. */
  tokens: string[];
}

declare global {
  interface Window {
    host: HostTenant & {
      seen: Seen;
      hub: typeof hub;
      isPainted: typeof isPainted;
      sampleBlank: typeof sampleBlank;
      setPlainSrc: (token: string) => void;
    };
  }
}

function Native({ token }: DashboardTenantProps): ReactElement {
  useEffect(() => {
    seen.mounts++;
  }, []);
  useEffect(() => {
    seen.commits++;
    seen.tokens.push(token);
  });
  return (
    <>
      <button type="button" style={{ display: 'block', height: 700 }}>
        native
      </button>
      <input aria-label="Inside" />
    </>
  );
}

function Guard(): ReactElement {
  const common = { title: 'Sales', handover };
  const framed = { ...common, style: { height: 400 }, baseUrl: shareUrl, settleMs };
  if (kind === 'native') return <SecureUpsolveDashboard dashboard={Native} {...common} />;
  if (kind === 'application') {
    const handleSearch = (search: string): void => void seen.searches.push(search);
    return (
      <SecureUpsolveDashboard
        dashboard={UpsolveDashboardFrame}
        applicationId="app"
        onSearchChange={handleSearch}
        {...framed}
      />
    );
  }
  return <SecureUpsolveDashboard dashboard={UpsolveDashboardFrame} dashboardId="board" {...framed} />;
}

/** What an app writes by hand: the token in `src`. */
function PlainFrame(): ReactElement {
  const [token, setToken] = useState('plain-0');
  useEffect(() => {
    window.host.setPlainSrc = setToken;
  }, []);
  const src = `${shareUrl}/share/dashboard/board?jwt=${token}`;
  return <iframe id="plain" title="Plain" src={src} style={{ width: '100%', height: 400, border: 0 }} />;
}

function Page(): ReactElement {
  const identity = useSyncExternalStore(tenant.subscribeToIdentity, tenant.getIdentity);
  const context = {
    source: tenant.source,
    identity,
    handoverHub: hub,
    onEvent: (event: unknown) => void seen.events.push(event),
  };
  return (
    <UpsolveTenantContext.Provider value={context}>
      <input aria-label="Outside" />
      {kind === 'plain' ? <PlainFrame /> : popup ? createPortal(<Guard />, popup.document.body) : <Guard />}
      <p id="below">Below</p>
    </UpsolveTenantContext.Provider>
  );
}

window.host = { ...tenant, seen, hub, isPainted, sampleBlank, setPlainSrc: () => undefined };
createRoot(document.getElementById('root')!).render(<Page />);
