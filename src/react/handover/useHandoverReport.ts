import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { UpsolveTenantEvent } from '../../core/events';
import type { HeldTenant } from './heldTenant';
import type { TokenCountdowns } from './useTokenCountdowns';

export type HandoverEvent = Extract<UpsolveTenantEvent, { type: 'handover' }>;

/** What a frame tells of the next one that loads behind it. */
export interface OverlapReport {
  readonly setOverlapping: (isOverlapping: boolean) => void;
  readonly onTakeover: (overlapMs: number) => void;
}

/** Tells each handover once: a native dashboard's when it was committed, a frame's when the next one has taken over. */
export function useHandoverReport(
  held: HeldTenant | null,
  { getLeftMs }: TokenCountdowns,
  onHandover: ((event: HandoverEvent) => void) | undefined,
): OverlapReport {
  const told = useRef<{ token: string | undefined; isOverlapping: boolean; waiting: HandoverEvent | null }>({
    token: undefined,
    isOverlapping: false,
    waiting: null,
  });
  const newest = useRef(onHandover);
  useEffect(() => {
    newest.current = onHandover;
  });

  useEffect(() => {
    const { token } = told.current;
    if (token === held?.tenant.token) return;
    told.current.token = held?.tenant.token;
    told.current.waiting = null;
    if (!held) return;
    const { reason } = held;
    const remainingMs = token === undefined || reason === 'first' ? 0 : Math.max(0, getLeftMs(token));
    const event: HandoverEvent = { type: 'handover', reason, remainingMs, overlapMs: 0 };
    if (told.current.isOverlapping) told.current.waiting = event;
    else newest.current?.(event);
  }, [held, getLeftMs]);

  const setOverlapping = useCallback((isOverlapping: boolean) => {
    told.current.isOverlapping = isOverlapping;
  }, []);
  const onTakeover = useCallback((overlapMs: number) => {
    const { waiting } = told.current;
    told.current = { ...told.current, isOverlapping: false, waiting: null };
    if (waiting) newest.current?.({ ...waiting, overlapMs });
  }, []);
  return useMemo(() => ({ setOverlapping, onTakeover }), [setOverlapping, onTakeover]);
}
