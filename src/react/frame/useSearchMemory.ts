import { useState } from 'react';
import type { TenantSnapshot } from '../../core/snapshot';
import { useLayoutEffectOnClient } from '../useLayoutEffectOnClient';

/** The filters of an application frame, kept for the frame that follows it. */
export interface SearchMemory {
  readonly recall: (address: string) => string | undefined;
  readonly remember: (address: string, search: string) => void;
}

/** A guard's memory: it outlives an expired token, but no switch of tenant and no lost or ended session. */
export function useSearchMemory({ identity, status, error }: TenantSnapshot): SearchMemory {
  const [memory] = useState(createSearchMemory);
  const isOver = status === 'idle' || (status === 'error' && !error.retryable);
  useLayoutEffectOnClient(() => {
    if (isOver) memory.forget();
  }, [isOver, memory]);
  useLayoutEffectOnClient(() => memory.forget, [identity, memory]);
  return memory;
}

export function createSearchMemory(): SearchMemory & { readonly forget: () => void } {
  const kept = new Map<string, string>();
  return {
    recall: (address) => kept.get(address),
    remember: (address, search) => void kept.set(address, search),
    forget: () => kept.clear(),
  };
}
