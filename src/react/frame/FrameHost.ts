import { type Context, createContext } from 'react';
import type { DashboardLabels } from '../dashboardProps';

/** What a guard lends to a frame inside it, however deep: a frame may also stand alone. */
export interface FrameHost {
  readonly labels: DashboardLabels;
}

export const FrameHostContext: Context<FrameHost | null> = createContext<FrameHost | null>(null);
