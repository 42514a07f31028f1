import { useEffect, useLayoutEffect, useReducer, useSyncExternalStore } from 'react';
import { createSnapshot, type TenantSnapshot } from '../core/snapshot';
import type { UpsolveTenantContextValue } from './UpsolveTenantContext';

/** A layout effect that does not warn where a page is rendered to text. */
export const useLayoutEffectOnClient: typeof useLayoutEffect =
  typeof document === 'undefined' ? useEffect : useLayoutEffect;

const IDLE = /* @__PURE__ */ createSnapshot('idle', null);
const LOADING = /* @__PURE__ */ createSnapshot('loading', null);

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
    return select(identity === null ? IDLE : isOurs ? snapshot : LOADING);
  };
  const readOnServer = (): Part => select(identity === null ? IDLE : LOADING);
  const part = useSyncExternalStore(source.subscribe, read, readOnServer);
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  // A revealed Activity runs its effects without a render, and what it shows may have ended meanwhile.
  useLayoutEffectOnClient(() => {
    if (!Object.is(read(), part)) renderAgain();
  });
  return part;
}
