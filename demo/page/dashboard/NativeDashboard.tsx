import { UpsolveDashboard } from '@upsolve/dashboard';
import { type Handover, SecureUpsolveDashboard } from 'react-upsolve-tenant';

interface NativeDashboardProps {
  dashboardId: string | undefined;
  theme: 'light' | 'dark';
  handover: Handover;
}

export function NativeDashboard({ dashboardId, theme, handover }: NativeDashboardProps) {
  return (
    <SecureUpsolveDashboard
      dashboard={UpsolveDashboard}
      dashboardId={dashboardId}
      title="Native dashboard"
      theme={theme}
      handover={handover}
      className="native"
    />
  );
}
