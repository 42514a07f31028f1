import type { Handover } from 'react-upsolve-tenant';
import type { DemoSession, DemoSessionChange } from '../../contract.ts';

/** What the panel is given, and hands to its parts. */
export interface PanelProps {
  session: DemoSession;
  /** Fulfilled once the backend has taken the change over. */
  onChange: (change: Omit<DemoSessionChange, 'tenantId'>) => Promise<void>;
  handover: Handover;
  onHandover: (handover: Handover) => void;
}
