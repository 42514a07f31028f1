import { type Context, createContext, useContext } from 'react';
import type { TenantSource } from '../core/tenantSource';
import type { DashboardDefaults, DashboardComponent } from './dashboardProps';
import type { HandoverHub } from './handover/handoverHub';

/** What a provider hands to its hooks and guards. It changes with the identity and never with time. */
export interface UpsolveTenantContextValue {
  readonly source: TenantSource;
  /** The tenant and session this render is for; null while idle. A snapshot of another identity must not be shown. */
  readonly identity: string | null;
  readonly handoverHub: HandoverHub;
  readonly dashboard?: DashboardComponent | undefined;
  readonly dashboardDefaults?: DashboardDefaults | undefined;
}

/** The one context. `…/testing` and `…/dashboard` reach it through the main entry, so that a page holds it once. */
export const UpsolveTenantContext: Context<UpsolveTenantContextValue | null> =
  createContext<UpsolveTenantContextValue | null>(null);

/** @throws Error, with the cure, where no provider is above. */
export function useTenantContext(caller: string): UpsolveTenantContextValue {
  const value = useContext(UpsolveTenantContext);
  if (value) return value;
  throw new Error(
    `${caller} needs <UpsolveTenantProvider> above it. Either no provider is above this component: wrap it; ` +
      'or the page holds two copies of react-upsolve-tenant: deduplicate it (npm ls react-upsolve-tenant).',
  );
}
