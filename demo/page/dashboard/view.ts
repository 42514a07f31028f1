import type { Handover } from 'react-upsolve-tenant';

export type FramedKind = 'Dashboard' | 'Chat' | 'Application';

/** How the visitor looks at the tenant. */
export interface View {
  isFramed: boolean;
  /** What the frame shows. */
  kind: FramedKind;
  /** The application's filters, as this page holds them. */
  search: string;
  handover: Handover;
}

export type ViewChange = (change: Partial<View>) => void;
