import { useReducer, useSyncExternalStore } from 'react';
import { createSnapshot, type TenantSnapshot } from '../../core/snapshot';
import type { UpsolveTenantContextValue } from '../UpsolveTenantContext';
import { useLayoutEffectOnClient } from '../useLayoutEffectOnClient';

const IDLE = createSnapshot('idle', null);
const LOADING = createSnapshot('loading', null);
const getServerSnapshot = (): TenantSnapshot => LOADING;

/** What may be shown by this very render: the source's snapshot if it is about the render's own tenant, else none. */
export function useGatedSnapshot({ source, identity }: UpsolveTenantContextValue): TenantSnapshot {
  const snapshot = useSyncExternalStore(source.subscribe, source.getSnapshot, getServerSnapshot);
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  // Rule 11: a revealed Activity runs its effects without a render, and what it shows may have ended meanwhile.
  useLayoutEffectOnClient(() => {
    if (source.getSnapshot() !== snapshot) renderAgain();
  });
  if (identity === null) return IDLE;
  return snapshot.identity === identity ? snapshot : LOADING;
}
