import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { UpsolveTenantError } from '../core/errors';
import type { UpsolveTenant } from '../core/tenant';
import { useGatedSnapshot } from './guard/useGatedSnapshot';
import { useLayoutEffectOnClient } from './useLayoutEffectOnClient';
import { useTenantContext } from './UpsolveTenantContext';

export interface UseTokenRefreshOptions {
  /** After each refresh that brought a token, whoever asked for it. The newest callback is called. */
  onRefresh?: ((tenant: UpsolveTenant) => void) | undefined;
  /** After each attempt that failed. A request that was given up is no failure. */
  onError?: ((error: UpsolveTenantError) => void) | undefined;
}

export interface UseTokenRefreshResult {
  /** As of `useUpsolveTenant()`. */
  readonly refresh: () => Promise<UpsolveTenant>;
  readonly isRefreshing: boolean;
  /** When the token in use ends, by this page's clock; null without one. */
  readonly expiresAt: Date | null;
  /** When the next request starts by itself; null while none is planned or one is under way. */
  readonly nextRefreshAt: Date | null;
  /** When the token in use was accepted; null before the first. */
  readonly lastRefreshedAt: Date | null;
  /** Attempts that failed in a row; 0 after a success. */
  readonly failureCount: number;
  /** Why the last attempt failed; undefined after a success. */
  readonly error: UpsolveTenantError | undefined;
  /** Gives every dashboard the newest token now, instead of at its next break. It then reloads. */
  readonly handOver: () => void;
  /** A dashboard runs on a token while a newer one waits for a break. */
  readonly handoverPending: boolean;
}

/**
 * Watches and commands the provider's one refresh; it never starts a second one.
 *
 * @throws Error where no `UpsolveTenantProvider` is above.
 */
export function useTokenRefresh(options: UseTokenRefreshOptions = {}): UseTokenRefreshResult {
  const context = useTenantContext('useTokenRefresh');
  const { source, handoverHub } = context;
  const snapshot = useGatedSnapshot(context);
  const handoverPending = useSyncExternalStore(handoverHub.subscribe, handoverHub.isPending, handoverHub.isPending);

  const newest = useRef(options);
  useLayoutEffectOnClient(() => {
    newest.current = options;
  });
  useEffect(
    () =>
      source.subscribeToOutcomes((outcome) => {
        if (outcome.type === 'refreshed') newest.current.onRefresh?.(outcome.tenant);
        else newest.current.onError?.(outcome.error);
      }),
    [source],
  );

  return useMemo(() => {
    const { tenant, isRefreshing, nextAttemptAt, lastRefreshedAt, failureCount, error } = snapshot;
    return {
      refresh: source.refresh,
      isRefreshing,
      expiresAt: tenant?.expiresAt ?? null,
      nextRefreshAt: nextAttemptAt,
      lastRefreshedAt,
      failureCount,
      error,
      handOver: handoverHub.handOver,
      handoverPending,
    };
  }, [snapshot, source, handoverHub, handoverPending]);
}
