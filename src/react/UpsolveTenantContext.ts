import {
  type Context,
  createContext,
  useContext,
  useEffect,
  useLayoutEffect,
  useReducer,
  useSyncExternalStore,
} from 'react';
import type { UpsolveTenantError } from '../core/errors';
import type { UpsolveTenantEvent } from '../core/events';
import { createSnapshot, IDLE, LOADING, type TenantSnapshot, type TenantSource } from '../core/snapshot';
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
  /** In development: sees what each guard shows after a render. */
  readonly onDashboard?: ((guard: object, dashboard: DashboardComponent | undefined) => void) | undefined;
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

/** A layout effect that does not warn where a page is rendered to text. */
export const useLayoutEffectOnClient: typeof useLayoutEffect =
  typeof document === 'undefined' ? useEffect : useLayoutEffect;

const NOTHING = /* @__PURE__ */ createSnapshot(IDLE);
const NOTHING_YET = /* @__PURE__ */ createSnapshot(LOADING);

/**
 * A part of what may be shown by this very render: of the source's snapshot if that is about the render's own tenant, else
 * of none. It renders again only when that part changes.
 */
export function useTenantPart<Part>(
  { source, identity }: UpsolveTenantContextValue,
  select: (snapshot: TenantSnapshot) => Part,
): Part {
  const read = (): Part => {
    const snapshot = source.getSnapshot();
    const isOurs = snapshot.identity === identity || snapshot.echoedIdentity === identity;
    return select(identity === null ? NOTHING : isOurs ? snapshot : NOTHING_YET);
  };
  const readOnServer = (): Part => select(identity === null ? NOTHING : NOTHING_YET);
  const part = useSyncExternalStore(source.subscribe, read, readOnServer);
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  // A revealed Activity runs its effects without a render, and what it shows may have ended meanwhile.
  useLayoutEffectOnClient(() => {
    if (!Object.is(read(), part)) renderAgain();
  });
  return part;
}
