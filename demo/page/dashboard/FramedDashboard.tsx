import { type Handover, SecureUpsolveDashboard, UpsolveDashboardFrame } from 'react-upsolve-tenant';

interface FramedDashboardProps {
  dashboardId: string;
  hubUrl: string | undefined;
  theme: 'light' | 'dark';
  handover: Handover;
}

export function FramedDashboard({ dashboardId, hubUrl, theme, handover }: FramedDashboardProps) {
  return (
    <SecureUpsolveDashboard
      dashboard={UpsolveDashboardFrame}
      dashboardId={dashboardId}
      title="Framed dashboard"
      baseUrl={hubUrl}
      theme={theme}
      handover={handover}
      className="framed"
    />
  );
}
