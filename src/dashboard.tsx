'use client';
import { UpsolveDashboard } from '@upsolve/dashboard';
import type { ReactElement } from 'react';
import { SecureUpsolveDashboard as Guard, type SecureUpsolveDashboardProps as GuardProps } from 'react-upsolve-tenant';

/** As of the main entry, with the props of `UpsolveDashboard` and without `component`. */
export type SecureUpsolveDashboardProps = Omit<GuardProps<typeof UpsolveDashboard>, 'component' | 'children'>;

/** `SecureUpsolveDashboard` of the main entry, bound to `UpsolveDashboard` of `@upsolve/dashboard`. */
export function SecureUpsolveDashboard(props: SecureUpsolveDashboardProps): ReactElement {
  return <Guard {...props} component={UpsolveDashboard} />;
}
