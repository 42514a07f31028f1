import { type Context, createContext, type ReactNode } from 'react';
import type { DashboardLabels } from '../dashboardProps';

/** What a guard lends to a frame inside it, however deep; a frame may also stand alone. It stays the same object. */
export interface FrameHost {
  readonly labels: DashboardLabels;
  /** The guard's loading state: lies over a frame that isn't to be seen yet. */
  readonly cover: ReactNode;
  /** For how long a token may still be on screen, in ms; 0 or less for one that has ended or isn't known. */
  readonly getUsableMs: (token: string) => number;
  /** The filters of an application frame by its address, kept for the frame that follows; emptied with the session. */
  readonly searches: Map<string, string>;
  /** The page's own policy keeps the frame from loading: told to the app. */
  readonly onBlocked: () => void;
}

export const FrameHostContext: Context<FrameHost | null> = /* @__PURE__ */ createContext<FrameHost | null>(null);
