'use client';
import { UpsolveDashboard } from '@upsolve/dashboard';
import type { ComponentProps, ReactElement } from 'react';
import {
  type DashboardDefaults,
  type DashboardTenantProps,
  SecureUpsolveDashboard as Guard,
} from 'react-upsolve-tenant';

/** As of the main entry, with the props of `UpsolveDashboard` and without `dashboard`. */
export type SecureUpsolveDashboardProps = DashboardDefaults & {
  /** Names the region, and is forwarded. @default labels.title */
  title?: string | undefined;
} & Omit<ComponentProps<typeof UpsolveDashboard>, keyof DashboardDefaults | keyof DashboardTenantProps>;

/** `SecureUpsolveDashboard` of the main entry, bound to `UpsolveDashboard` of `@upsolve/dashboard`. */
export function SecureUpsolveDashboard(props: SecureUpsolveDashboardProps): ReactElement {
  return <Guard {...props} dashboard={UpsolveDashboard} />;
}
