import { type Context, createContext, type ReactNode } from 'react';
import type { DashboardLabels } from '../dashboardProps';
import type { OverlapReport } from '../handover/useHandoverReport';
import type { TokenCountdowns } from '../handover/useTokenCountdowns';
import type { SearchMemory } from './useSearchMemory';

/** What a guard lends to a frame inside it, however deep: a frame may also stand alone. */
export interface FrameHost {
  readonly labels: DashboardLabels;
  /** Lies over a frame that had to start in view, because the token of the one before had ended. */
  readonly cover: ReactNode;
  readonly overlap: OverlapHost;
}

/** What a guard and the frame inside it tell each other about a handover. It stays the same object. */
export type OverlapHost = OverlapReport & Pick<TokenCountdowns, 'getUsableMs'> & SearchMemory;

export const FrameHostContext: Context<FrameHost | null> = createContext<FrameHost | null>(null);
