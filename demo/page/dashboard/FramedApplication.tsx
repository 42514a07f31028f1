import { type Handover, SecureUpsolveDashboard, UpsolveDashboardFrame } from 'react-upsolve-tenant';

interface FramedApplicationProps {
  hubUrl: string | undefined;
  theme: 'light' | 'dark';
  handover: Handover;
  search: string;
  onSearchChange: (search: string) => void;
}

/** The one framed page that speaks to this one, about its filters. */
export function FramedApplication({ hubUrl, theme, handover, search, onSearchChange }: FramedApplicationProps) {
  return (
    <SecureUpsolveDashboard
      dashboard={UpsolveDashboardFrame}
      applicationId="revenue"
      title="Framed application"
      baseUrl={hubUrl}
      theme={theme}
      handover={handover}
      search={search}
      onSearchChange={onSearchChange}
      className="framed"
    />
  );
}
