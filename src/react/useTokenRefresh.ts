import { useMemo, useSyncExternalStore } from 'react';
import type { RefreshProgress, TenantSnapshot } from '../core/snapshot';
import { useTenantContext, useTenantPart } from './UpsolveTenantContext';
import type { TenantCommands } from './useUpsolveTenant';

export interface UseTokenRefreshResult extends RefreshProgress {
  /** As of `useUpsolveTenant()`. */
  readonly refresh: TenantCommands['refresh'];
  /** When the token in use ends, by this page's clock; null without one. */
  readonly expiresAt: Date | null;
  /** Gives every dashboard the newest token now, instead of at its next break. It then reloads. */
  readonly handoverNow: () => void;
  /** A dashboard runs on a token while a newer one waits for a break. */
  readonly isHandoverPending: boolean;
}

const selectProgress = ({ progress }: TenantSnapshot): RefreshProgress => progress;
const selectExpiresAt = ({ state }: TenantSnapshot): Date | null => state.tenant?.expiresAt ?? null;

/**
 * Watches and commands the provider's one refresh; it never starts a second one, and refreshing runs without it.
 *
 * @throws Error where no `UpsolveTenantProvider` is above.
 */
export function useTokenRefresh(): UseTokenRefreshResult {
  const context = useTenantContext('useTokenRefresh');
  const progress = useTenantPart(context, selectProgress);
  const expiresAt = useTenantPart(context, selectExpiresAt);
  const { refresh } = context.source;
  const { subscribe, isPending, handoverNow } = context.handoverHub;
  const isHandoverPending = useSyncExternalStore(subscribe, isPending, () => false);
  return useMemo(
    () => ({ ...progress, refresh, expiresAt, handoverNow, isHandoverPending }),
    [progress, refresh, expiresAt, handoverNow, isHandoverPending],
  );
}
