import { UpsolveDashboard } from '@upsolve/dashboard';
import { SecureUpsolveDashboard, UpsolveDashboardFrame } from 'react-upsolve-tenant';

/** The private package's component and the public share page, on one token. */
export function FramedBesideNative({ baseUrl }: { baseUrl?: URL }) {
  return (
    <div style={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'repeat(auto-fit, minmax(16rem, 1fr))' }}>
      <SecureUpsolveDashboard title="Native" dashboard={UpsolveDashboard} />
      <SecureUpsolveDashboard title="Framed" dashboard={UpsolveDashboardFrame} dashboardId="sales" baseUrl={baseUrl} />
    </div>
  );
}
