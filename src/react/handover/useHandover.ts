import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import { systemClock } from '../../core/clock';
import type { HandoverReason } from '../../core/events';
import { DEFAULT_OPTIONS } from '../../core/options';
import { hasLost, type UpsolvePermissions } from '../../core/permissions';
import type { TenantSnapshot } from '../../core/snapshot';
import type { Handover } from '../dashboardProps';
import { useLayoutEffectOnClient } from '../useLayoutEffectOnClient';
import type { UpsolveTenantContextValue } from '../UpsolveTenantContext';
import { type Attention, isFrameInUse } from './attention';
import type { HandoverSeat } from './handoverHub';
import { followSnapshot, type HeldTenant, holdTenant, isHandoverPending, restrictPermissions } from './heldTenant';
import { handoverDeadlineMs, judgeHandover } from './judgeHandover';
import { type TokenCountdowns, useTokenCountdowns } from './useTokenCountdowns';

export interface HandoverResult {
  /** What the dashboard runs on; null while nothing may be shown. */
  readonly held: HeldTenant | null;
  /** What it may offer: until the handover, what old and new token both allow. */
  readonly permissions: UpsolvePermissions | undefined;
  readonly countdowns: TokenCountdowns;
}

/** Separates "a newer token is here" from "the dashboard gets it". What is inside `stage` is the dashboard. */
export function useHandover(
  context: UpsolveTenantContextValue,
  snapshot: TenantSnapshot,
  kind: Handover,
  stage: RefObject<Element | null>,
): HandoverResult {
  const { source, handoverHub, clock = systemClock, refreshLeadMs = DEFAULT_OPTIONS.refreshLeadMs } = context;
  const { tenant } = snapshot;
  const [kept, setKept] = useState<HeldTenant | null>(null);
  // In the render itself: no commit shows a token that the snapshot no longer stands for.
  const held = followSnapshot(kept, snapshot, kind);
  if (held !== kept) setKept(held);
  const isPending = isHandoverPending(held, snapshot);
  const countdowns = useTokenCountdowns(held, tenant, clock);

  const newest = useRef({ held, snapshot, kind, refreshLeadMs });
  useLayoutEffectOnClient(() => {
    newest.current = { held, snapshot, kind, refreshLeadMs };
  });

  const handOver = useCallback((reason: HandoverReason) => {
    const { held, snapshot } = newest.current;
    if (isHandoverPending(held, snapshot)) setKept(holdTenant(snapshot, reason));
  }, []);

  const handleMoment = useCallback(
    (attention: Attention) => {
      const { held, kind, refreshLeadMs } = newest.current;
      if (!held) return;
      const reason = judgeHandover({
        ...attention,
        kind,
        untilDeadlineMs: countdowns.getLeftMs(held.tenant.token) - handoverDeadlineMs(held.lifeMs, refreshLeadMs),
        isFrameInUse: isFrameInUse(stage.current, attention),
        isOffline: navigator.onLine === false,
      });
      if (reason) handOver(reason);
    },
    [countdowns, handOver, stage],
  );

  // Layout effects: a revealed Activity has the deadline checked before it is painted.
  const seat = useRef<HandoverSeat>(null);
  useLayoutEffectOnClient(() => {
    const joined = handoverHub.join(() => handOver('manual'), handleMoment);
    seat.current = joined;
    return () => joined.leave();
  }, [handoverHub, handOver, handleMoment]);
  useLayoutEffectOnClient(() => seat.current?.setPending(isPending), [isPending, handoverHub, handleMoment]);

  const askedFor = useRef<UpsolvePermissions>(undefined);
  useLayoutEffectOnClient(() => {
    if (!held || !tenant || !hasLost(held.granted, tenant.permissions)) return;
    // A native dashboard has been told already; a frame is told nothing but its token.
    if (!stage.current?.querySelector('iframe')) return;
    if (isPending) return handOver('permissions');
    if (askedFor.current === tenant.permissions) return;
    askedFor.current = tenant.permissions;
    source.refresh().catch(() => undefined);
  }, [held, tenant, isPending, source, stage, handOver]);

  const old = held?.tenant.permissions;
  const now = tenant?.permissions;
  const permissions = useMemo(
    () => old && now && (isPending ? restrictPermissions(old, now) : now),
    [old, now, isPending],
  );
  return { held, permissions, countdowns };
}
