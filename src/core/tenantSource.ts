import type { UpsolveTenantError } from './errors';
import type { TenantSnapshot } from './snapshot';
import type { UpsolveTenant } from './tenant';

/** What happened to a refresh, for those who watch it. */
export type RefreshOutcome =
  | { readonly type: 'refreshed'; readonly tenant: UpsolveTenant }
  | { readonly type: 'failed'; readonly error: UpsolveTenantError };

/** What the hooks and guards need of whoever holds the tenant: the engine, or a double that stands still. */
export interface TenantSource {
  /** What holds now, by the clock: reading it after a token's end says so even if no timer has run. */
  readonly getSnapshot: () => TenantSnapshot;
  readonly subscribe: (listener: () => void) => () => void;
  /** Calls back after each attempt has been closed. */
  readonly subscribeToOutcomes: (listener: (outcome: RefreshOutcome) => void) => () => void;
  readonly refresh: () => Promise<UpsolveTenant>;
  readonly retry: () => void;
  readonly clear: () => void;
}
