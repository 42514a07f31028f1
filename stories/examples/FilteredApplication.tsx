import { useState } from 'react';
import { SecureUpsolveDashboard, UpsolveDashboardFrame } from 'react-upsolve-tenant';

/** An application whose filters the app holds: both sides may set them. */
export function FilteredApplication({ baseUrl }: { baseUrl?: URL }) {
  const [search, setSearch] = useState('?f_region=North');
  return (
    <div style={{ display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', gap: '0.5rem', height: '100%' }}>
      <div style={{ display: 'flex', gap: '1rem', alignItems: 'baseline', minHeight: '2rem' }}>
        <button type="button" onClick={() => setSearch('?f_region=North')}>
          Only the north
        </button>
        <output aria-label="Filters">{search}</output>
      </div>
      <SecureUpsolveDashboard
        title="Sales"
        dashboard={UpsolveDashboardFrame}
        applicationId="planner"
        baseUrl={baseUrl}
        search={search}
        onSearchChange={setSearch}
      />
    </div>
  );
}
