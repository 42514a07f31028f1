import { useState } from 'react';
import { SecureUpsolveDashboard, UpsolveDashboardFrame } from 'react-upsolve-tenant';

export type FramedKind = 'Dashboard' | 'Chat' | 'Application';

interface FramedPageProps {
  kind: FramedKind;
  hubUrl: string | undefined;
  dashboardId: string;
  theme: 'light' | 'dark';
}

/** The three kinds of page a frame can show. Only the application speaks to this page, about its filters. */
export function FramedPage({ kind, hubUrl, dashboardId, theme }: FramedPageProps) {
  const [search, setSearch] = useState('');
  const common = {
    dashboard: UpsolveDashboardFrame,
    className: 'framed',
    style: { height: 640 },
    baseUrl: hubUrl,
    theme,
  };
  switch (kind) {
    case 'Dashboard':
      return <SecureUpsolveDashboard {...common} dashboardId={dashboardId} title="Framed dashboard" />;
    case 'Chat':
      return <SecureUpsolveDashboard {...common} agentId="analyst" title="Framed chat" />;
    case 'Application':
      return (
        <>
          <p className="hint">
            Filters held by this page: <code id="search">{search || 'none'}</code>
            <button type="button" onClick={() => setSearch('?f_period=3&f_region=North')}>
              Last quarter, north
            </button>
            <button type="button" onClick={() => setSearch('')}>
              No filter
            </button>
          </p>
          <SecureUpsolveDashboard
            {...common}
            applicationId="revenue"
            title="Framed application"
            search={search}
            onSearchChange={setSearch}
          />
        </>
      );
  }
}
