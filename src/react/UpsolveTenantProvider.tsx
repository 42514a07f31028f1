import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import type { Clock } from '../core/clock';
import { type IdentityOptions, resolveTarget } from '../core/identity';
import type { TenantCallbacks, TenantRequestOptions } from '../core/options';
import type { DashboardComponent, DashboardDefaults } from './dashboardProps';
import { createHandoverHub } from './handover/handoverHub';
import { createTenantBinding } from './tenantBinding';
import { TenantRunner } from './TenantRunner';
import { UpsolveTenantContext, type UpsolveTenantContextValue } from './UpsolveTenantContext';

type TenantRequestSource =
  | { endpoint: string | URL; refreshEndpoint?: string | URL | undefined; fetchTenant?: undefined }
  | {
      fetchTenant: NonNullable<TenantRequestOptions['fetchTenant']>;
      endpoint?: undefined;
      refreshEndpoint?: undefined;
    };

/**
 * How a provider gets its tenant. `endpoint` and `fetchTenant` exclude each other; everything else is optional. Functions,
 * headers and callbacks may be written inline: they are read anew at each request and never cause one.
 */
export type UpsolveTenantProviderProps = TenantRequestSource &
  Omit<TenantRequestOptions, 'endpoint' | 'refreshEndpoint' | 'fetchTenant'> &
  Pick<IdentityOptions, 'tenantId' | 'sessionKey' | 'enabled'> &
  TenantCallbacks & {
    /** Where time and chance come from; taken once. @default the page's own */
    clock?: Clock | undefined;
    /** An answer the server already fetched, for the first identity only. The page must be `private, no-store`. */
    initialTenant?: unknown;
    /** What `SecureUpsolveDashboard` renders. @default UpsolveDashboardFrame */
    dashboard?: DashboardComponent | undefined;
    /** What every guard below starts from; a guard's own props win. */
    dashboardDefaults?: DashboardDefaults | undefined;
    children?: ReactNode;
  };

/**
 * Gets the tenant token from the app's own backend and keeps it fresh for everything below. It renders its children once
 * and not again with a refresh; a wrong option is never thrown but becomes status `error`.
 */
export function UpsolveTenantProvider(props: UpsolveTenantProviderProps): ReactElement {
  const { children, dashboard, dashboardDefaults, refreshLeadMs } = props;
  const options = { ...props, baseUrl: typeof document === 'undefined' ? undefined : document.baseURI };
  const target = resolveTarget(options);
  const identity = target?.identity ?? null;

  const [binding] = useState(() => createTenantBinding(options));
  const [handoverHub] = useState(() => createHandoverHub(binding.clock));

  const value = useMemo<UpsolveTenantContextValue>(
    () => ({
      source: binding.engine,
      identity,
      handoverHub,
      clock: binding.clock,
      refreshLeadMs,
      onHandover: binding.engine.tell,
      dashboard,
      dashboardDefaults,
    }),
    [binding, identity, handoverHub, refreshLeadMs, dashboard, dashboardDefaults],
  );
  return (
    <UpsolveTenantContext.Provider value={value}>
      <TenantRunner binding={binding} options={options} target={target} />
      {children}
    </UpsolveTenantContext.Provider>
  );
}
