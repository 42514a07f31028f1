import { type Context, createContext, useContext } from 'react';
import type { UpsolveTenantError } from '../core/errors';
import type { UpsolveTenantEvent } from '../core/events';
import type { TenantSource } from '../core/snapshot';
import type { DashboardComponent, DashboardDefaults } from './dashboardProps';
import type { HandoverHub } from './handover/handoverHub';

/** What a provider hands to its hooks and guards. It changes with the identity and never with time. */
export interface UpsolveTenantContextValue {
  readonly source: TenantSource;
  /** The tenant and session this render is for; null while idle. A snapshot of another identity must not be shown. */
  readonly identity: string | null;
  readonly handoverHub: HandoverHub;
  /** As of the provider: it decides how early a handover must be done. @default 300_000 */
  readonly refreshLeadMs?: number | undefined;
  /** Hears of what happens in a guard, for `onEvent`. */
  readonly onEvent?: ((event: UpsolveTenantEvent) => void) | undefined;
  /** Hears of a guard that can't show anything, for `onError`. */
  readonly onGuardError?: ((error: UpsolveTenantError) => void) | undefined;
  /** In development: hears of a dashboard that is written inline. */
  readonly onInlineDashboard?: (() => void) | undefined;
  readonly dashboard?: DashboardComponent | undefined;
  readonly dashboardDefaults?: DashboardDefaults | undefined;
}

/** The one context. `…/testing` and `…/dashboard` reach it through the main entry, so that a page holds it once. */
export const UpsolveTenantContext: Context<UpsolveTenantContextValue | null> =
  /* @__PURE__ */ createContext<UpsolveTenantContextValue | null>(null);

/** @throws Error, with the cure, where no provider is above. */
export function useTenantContext(caller: string): UpsolveTenantContextValue {
  const value = useContext(UpsolveTenantContext);
  if (value) return value;
  throw new Error(
    `${caller} needs <UpsolveTenantProvider> above it. Either no provider is above this component: wrap it; ` +
      'or the page holds two copies of react-upsolve-tenant: deduplicate it (npm ls react-upsolve-tenant).',
  );
}
