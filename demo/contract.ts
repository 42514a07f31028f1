/** What the demo's page and its backend say to each other beside the package's own wire. */

export type Role = 'Designer' | 'Analyst' | 'Viewer' | 'Read only';

export type FaultKind = 'server' | 'network' | 'rate_limited' | 'unauthenticated' | 'forbidden' | 'invalid_api_key';

export interface Faults {
  /** What a failing request is answered with. */
  kind: FaultKind;
  /** How many of the next requests for a token fail. */
  failNext: number;
  /** Every request for a token fails until this is taken back. */
  isFailing: boolean;
  /** Every request for a token takes three seconds. */
  isSlow: boolean;
  /** Requests for a token wait for their answer until this is taken back, or for a while. */
  isHeld: boolean;
}

export interface DemoSession {
  userId: string;
  tenantId: string;
  role: Role;
  /** How long the tokens live that are minted from now on, in seconds; null leaves it to Upsolve. */
  tokenSeconds: number | null;
  faults: Faults;
}

export interface DemoState {
  tenants: { id: string; name: string }[];
  /** Where the frames come from; absent means Upsolve's own hosts. */
  hubUrl?: string;
  /** The dashboard to show; absent where a real key is used without UPSOLVE_DASHBOARD_ID. */
  dashboardId?: string;
  isStandIn: boolean;
  session: DemoSession | null;
}

/** What the page may change of its session. */
export type DemoSessionChange = Partial<Pick<DemoSession, 'tenantId' | 'role' | 'tokenSeconds'>> & {
  faults?: Partial<Faults>;
};
