import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import type { HandoverReason } from '../../core/events';
import { DEFAULT_OPTIONS } from '../../core/options';
import { hasLost, type UpsolvePermissions } from '../../core/permissions';
import type { TokenEnd } from '../../core/schedule';
import type { TenantSnapshot, TenantState } from '../../core/snapshot';
import type { Handover } from '../dashboardProps';
import { type UpsolveTenantContextValue, useLayoutEffectOnClient, useTenantPart } from '../UpsolveTenantContext';
import type { Attention } from './attention';
import type { HandoverSeat } from './handoverHub';
import { followTenant, type HeldTenant, holdTenant, judgeHandover, restrictPermissions } from './heldTenant';

export interface HandoverResult {
  /** What the dashboard runs on; null while nothing may be shown. */
  readonly held: HeldTenant | null;
  /** What it may offer: until the handover, what old and new token both allow. */
  readonly permissions: UpsolvePermissions | undefined;
  /** For how long a token that was handed over may still be on screen, in ms. */
  readonly getUsableMs: (token: string) => number;
}

const selectEnd = ({ end }: TenantSnapshot): TokenEnd | null => end;

/** The running frame's, the one before, and one that was handed over while those two overlapped. */
const KEPT_ENDS = 3;

/** Separates "a newer token is here" from "the dashboard gets it". What is inside `stage` is the dashboard. */
export function useHandover(
  context: UpsolveTenantContextValue,
  { tenant }: TenantState,
  handover: Handover,
  stage: RefObject<Element | null>,
): HandoverResult {
  const { source, identity, handoverHub, refreshLeadMs = DEFAULT_OPTIONS.refreshLeadMs, onEvent } = context;
  const end = useTenantPart(context, selectEnd);
  const current = tenant && end ? { identity, tenant, end } : null;
  const [kept, setKept] = useState<HeldTenant | null>(null);
  // In the render itself: no commit shows a token that the snapshot no longer stands for.
  const held = followTenant(kept, current, handover);
  if (held !== kept) setKept(held);
  const isPending = held !== null && tenant !== null && held.tenant.token !== tenant.token;

  const render = { held, current, isPending, handover, refreshLeadMs, onEvent };
  const newest = useRef(render);
  useLayoutEffectOnClient(() => {
    newest.current = render;
  });

  const handOver = useCallback(
    (reason: HandoverReason) => {
      const { held, isPending, current } = newest.current;
      if (held && isPending && current) setKept(holdTenant(current, reason, held.lineage));
    },
    [setKept],
  );

  // Layout effects: a revealed Activity has the deadline checked before it is painted.
  const seat = useRef<HandoverSeat>(null);
  const hasPlace = held !== null;
  useLayoutEffectOnClient(() => {
    const element = stage.current;
    if (!hasPlace || !element) return;
    const onMoment = (attention: Attention): void => {
      const { held, handover, refreshLeadMs } = newest.current;
      const reason = held && judgeHandover(held.end, handover, attention, { nowMs: source.now(), refreshLeadMs });
      if (reason) handOver(reason);
    };
    const joined = handoverHub.join({ element, onHandover: () => handOver('manual'), onMoment });
    seat.current = joined;
    return () => joined.leave();
  }, [handoverHub, source, handOver, hasPlace, stage]);
  useLayoutEffectOnClient(() => seat.current?.setPending(isPending));

  const ends = useRef<readonly { readonly token: string; readonly usableUntilMs: number }[]>([]);
  const told = useRef<HeldTenant>(null);
  const getUsableMs = useCallback(
    (token: string) => (ends.current.find((end) => end.token === token)?.usableUntilMs ?? 0) - source.now(),
    [source],
  );
  useLayoutEffectOnClient(() => {
    const former = told.current;
    told.current = held;
    if (!held) {
      ends.current = [];
      return;
    }
    const { token } = held.tenant;
    const others = ends.current.filter((end) => end.token !== token);
    ends.current = [{ token, usableUntilMs: held.end.usableUntilMs }, ...others].slice(0, KEPT_ENDS);
    if (former?.tenant.token === token) return;
    const { reason } = held;
    const remainingMs = former && reason !== 'first' ? Math.max(0, former.end.endsAtMs - source.now()) : 0;
    newest.current.onEvent?.({ type: 'handover', reason, remainingMs });
  }, [held, source]);

  const askedFor = useRef<UpsolvePermissions>(undefined);
  useLayoutEffectOnClient(() => {
    if (!held || !tenant || !hasLost(held.granted, tenant.permissions)) return;
    // A native dashboard has been told already; a frame is told nothing but its token.
    if (!stage.current?.querySelector('iframe')) return;
    if (isPending) return handOver('permissions');
    if (askedFor.current === tenant.permissions) return;
    askedFor.current = tenant.permissions;
    void source.refresh();
  }, [held, tenant, isPending, source, stage, handOver]);

  const old = held?.tenant.permissions;
  const now = tenant?.permissions;
  const permissions = useMemo(
    () => old && now && (isPending ? restrictPermissions(old, now) : now),
    [old, now, isPending],
  );
  return { held, permissions, getUsableMs };
}
