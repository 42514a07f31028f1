import { type ReactElement, type ReactNode, useEffect, useMemo, useState } from 'react';
import type { TenantCallbacks } from '../core/events';
import { type IdentityOptions, resolveTarget, type TenantRequestOptions, type TenantTarget } from '../core/options';
import { readUrlText } from '../core/refusals';
import type { Clock } from '../core/schedule';
import type { DashboardComponent, DashboardDefaults } from './dashboardProps';
import { createHandoverHub } from './handover/handoverHub';
import { getPageHub } from './pageHub';
import { type BindingOptions, createTenantBinding, type TenantBinding } from './tenantBinding';
import { UpsolveTenantContext, type UpsolveTenantContextValue, useLayoutEffectOnClient } from './UpsolveTenantContext';

/** An answer of the endpoint, as the server got it: an object with a `token`, and not a promise of one. */
export type InitialTenantAnswer = { readonly then?: undefined } & (object | Readonly<Record<string, unknown>>);

/**
 * How a provider gets its tenant. Everything but `endpoint` is optional. Functions, headers and callbacks may be written
 * inline: they are read anew at each request and never cause one.
 */
export interface UpsolveTenantProviderProps
  extends
    Omit<TenantRequestOptions, 'endpoint'>,
    Pick<IdentityOptions, 'tenantId' | 'sessionKey' | 'enabled'>,
    TenantCallbacks {
  /** Where the first request of a tenant is POSTed; or a function, called instead for every request. */
  endpoint: NonNullable<TenantRequestOptions['endpoint']>;
  /** Where time and chance come from; taken once. @default the page's own */
  clock?: Clock | undefined;
  /** An answer the server already fetched, for the first identity only. The page must be `private, no-store`. */
  initialTenant?: InitialTenantAnswer | null | undefined;
  /** What `SecureUpsolveDashboard` renders, where it isn't told itself. */
  dashboard?: DashboardComponent | undefined;
  /** What every guard below starts from; a guard's own props win. */
  dashboardDefaults?: DashboardDefaults | undefined;
  /** What uses the tenant: guards and hooks, at any depth. */
  children?: ReactNode;
}

/**
 * Gets the tenant token from the app's own backend and keeps it fresh for everything below. It renders its children once
 * and not again with a refresh; a wrong option is never thrown but becomes status `error`.
 */
export function UpsolveTenantProvider(props: UpsolveTenantProviderProps): ReactElement {
  const { children, dashboard, dashboardDefaults, refreshLeadMs, endpoint } = props;
  const address = readUrlText(endpoint);
  // Resolved once for each endpoint: a page that changes its own address does not ask elsewhere.
  const baseUrl = useMemo(() => readBaseUrl(address), [address]);
  const options = { ...props, baseUrl };
  const target = resolveTarget(options);
  const identity = target?.identity ?? null;

  const [binding] = useState(() => createTenantBinding(options));
  const [handoverHub] = useState(() => createHandoverHub(binding.engine.now));
  const { engine } = binding;

  const value = useMemo<UpsolveTenantContextValue>(
    () => ({
      source: engine,
      identity,
      handoverHub,
      refreshLeadMs,
      onEvent: engine.tell,
      onGuardError: binding.reportGuard,
      onDashboard: binding.development?.noteDashboard,
      dashboard,
      dashboardDefaults,
    }),
    [binding, engine, identity, handoverHub, refreshLeadMs, dashboard, dashboardDefaults],
  );
  return (
    <UpsolveTenantContext.Provider value={value}>
      <TenantRunner binding={binding} options={options} target={target} />
      {children}
    </UpsolveTenantContext.Provider>
  );
}

function readBaseUrl(_address: string | undefined): string | undefined {
  return typeof document === 'undefined' ? undefined : document.baseURI;
}

const NOBODY = { identity: undefined, session: '', tenantId: undefined };

interface TenantRunnerProps {
  readonly binding: TenantBinding;
  readonly options: BindingOptions;
  readonly target: TenantTarget | null;
}

/**
 * Runs the binding for the tenant of this render. It stands before the provider's children, since React runs the effects
 * of an earlier sibling first: a `refresh()` or `clear()` in an effect of the app then meets the tenant it was rendered for.
 */
function TenantRunner({ binding, options, target }: TenantRunnerProps): null {
  const { identity, session, tenantId } = target ?? NOBODY;
  useLayoutEffectOnClient(() => binding.setOptions(options));
  useLayoutEffectOnClient(
    () => binding.run(identity === undefined ? null : { identity, session, tenantId }),
    [binding, identity, session, tenantId],
  );
  // After paint: nobody signs out before anything is seen. Again with each run, since a switch may have closed the hub.
  useEffect(() => getPageHub().listenToTabs(), [binding, identity, session, tenantId]);
  return null;
}
