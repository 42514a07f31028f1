import { useMemo } from 'react';
import type { UpsolveGrant } from '../core/permissions';
import type { TenantSnapshot, TenantState, UpsolveTenant } from '../core/snapshot';
import { useTenantContext, useTenantPart } from './UpsolveTenantContext';

/** What can be done in any state. */
export interface TenantCommands {
  /**
   * Asks now: joins the running attempt or starts one, past any backoff; three at once, then one every 5 s.
   *
   * @throws (rejects with) UpsolveTenantError: why this attempt failed; `token_not_renewed` where the same token came back
   * when it was due; `aborted` after a switch of tenant, `clear()`, unmount or while nothing is asked. It may be ignored.
   */
  readonly refresh: () => Promise<UpsolveTenant>;
  /** `refresh()` for `onClick`: never rejects. */
  readonly retry: () => void;
  /** Signs out: drops the token at once, here and in the app's other tabs. Only `refresh()` or `retry()` asks again. */
  readonly clear: () => void;
  /** Whether the tenant in use grants this; false while there is none. It shapes what is offered and protects nothing. */
  readonly can: (permission: UpsolveGrant) => boolean;
}

/** The state, told apart by `status`, with what can be done. */
export type UseUpsolveTenantResult = TenantState & TenantCommands;

const selectState = ({ state }: TenantSnapshot): TenantState => state;

/**
 * The tenant of the nearest provider. It renders once for a refresh, and never with the ticking of the clock: what is known
 * of the asking itself is `useTokenRefresh()`'s.
 *
 * @throws Error where no `UpsolveTenantProvider` is above.
 */
export function useUpsolveTenant(): UseUpsolveTenantResult {
  const context = useTenantContext('useUpsolveTenant');
  const state = useTenantPart(context, selectState);
  const { source } = context;
  return useMemo(() => {
    const { refresh, retry, clear } = source;
    return { ...state, refresh, retry, clear, can: (permission) => state.tenant?.permissions[permission] ?? false };
  }, [state, source]);
}
