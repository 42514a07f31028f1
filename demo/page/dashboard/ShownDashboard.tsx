import type { DemoState } from '../../contract.ts';
import { usePrefersDark } from '../usePrefersDark.ts';
import { FramedApplication } from './FramedApplication.tsx';
import { FramedChat } from './FramedChat.tsx';
import { FramedDashboard } from './FramedDashboard.tsx';
import { NativeDashboard } from './NativeDashboard.tsx';
import type { View, ViewChange } from './view.ts';

interface ShownDashboardProps {
  state: Pick<DemoState, 'hubUrl' | 'dashboardId'>;
  view: View;
  onView: ViewChange;
}

export function ShownDashboard({ state: { hubUrl, dashboardId }, view, onView }: ShownDashboardProps) {
  const theme = usePrefersDark() ? 'dark' : 'light';
  const { isFramed, kind, handover, search } = view;
  if (!isFramed) return <NativeDashboard {...{ dashboardId, theme, handover }} />;
  if (dashboardId === undefined) {
    return (
      <p className="unset">
        Set <code>UPSOLVE_DASHBOARD_ID</code> to the dashboard to show, and start the demo again.
      </p>
    );
  }
  switch (kind) {
    case 'Dashboard':
      return <FramedDashboard {...{ dashboardId, hubUrl, theme, handover }} />;
    case 'Chat':
      return <FramedChat {...{ hubUrl, theme }} />;
    case 'Application':
      return (
        <FramedApplication
          {...{ hubUrl, theme, handover, search }}
          onSearchChange={(next) => onView({ search: next })}
        />
      );
  }
}
