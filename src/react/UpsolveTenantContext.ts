import { type Context, createContext, useContext } from 'react';
import type { Clock } from '../core/clock';
import type { TenantSource } from '../core/tenantSource';
import type { DashboardDefaults, DashboardComponent } from './dashboardProps';
import type { HandoverHub } from './handover/handoverHub';
import type { HandoverEvent } from './handover/useHandoverReport';

/** What a provider hands to its hooks and guards. It changes with the identity and never with time. */
export interface UpsolveTenantContextValue {
  readonly source: TenantSource;
  /** The tenant and session this render is for; null while idle. A snapshot of another identity must not be shown. */
  readonly identity: string | null;
  readonly handoverHub: HandoverHub;
  /** Where time comes from; the guards measure by it what a token that is being handed over has left. @default the page's */
  readonly clock?: Clock | undefined;
  /** As of the provider: it decides how early a handover must be done. @default 300_000 */
  readonly refreshLeadMs?: number | undefined;
  /** Hears of each handover, for `onEvent`. */
  readonly onHandover?: ((event: HandoverEvent) => void) | undefined;
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
