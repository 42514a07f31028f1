import type { DemoSession, DemoSessionChange } from '../../contract.ts';
import type { View, ViewChange } from '../dashboard/view.ts';

/** What the panel is given, and hands to its parts. */
export interface PanelProps {
  session: DemoSession;
  /** Fulfilled once the backend has taken the change over. */
  onChange: (change: Omit<DemoSessionChange, 'tenantId'>) => Promise<void>;
  view: View;
  onView: ViewChange;
  isStandIn: boolean;
}
