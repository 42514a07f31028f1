import type { JSX } from 'react';

/** The filters that are set, by name; a name that is absent filters nothing. */
export type DashboardFilters = Readonly<Partial<Record<'period' | 'region', string>>>;

export interface UpsolveDashboardProps {
  token: string;
  permissions: Readonly<Record<string, boolean>>;
  /** @default 'revenue' */
  dashboardId?: string | undefined;
  /** @default what the system prefers */
  theme?: 'light' | 'dark' | undefined;
  /** Only in this stand-in: filters held by the caller, as the shared application page does. */
  filters?: DashboardFilters | undefined;
  onFiltersChange?: ((filters: DashboardFilters) => void) | undefined;
}

/** Draws sample data that depends on the tenant named in the token. Like the real one it reloads on every new token. */
export declare function UpsolveDashboard(props: UpsolveDashboardProps): JSX.Element;
