import { SecureUpsolveDashboard, UpsolveDashboardFrame } from 'react-upsolve-tenant';

interface FramedChatProps {
  hubUrl: string | undefined;
  theme: 'light' | 'dark';
}

/** Its conversation ends with a reload, so the guard hands a newer token over late by itself. */
export function FramedChat({ hubUrl, theme }: FramedChatProps) {
  return (
    <SecureUpsolveDashboard
      dashboard={UpsolveDashboardFrame}
      agentId="analyst"
      title="Framed chat"
      baseUrl={hubUrl}
      theme={theme}
      className="framed"
    />
  );
}
