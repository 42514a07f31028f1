import type { HandoverReason } from '../../core/events';
import { intersectPermissions, isSamePermissions, type UpsolvePermissions } from '../../core/permissions';
import { guardMs, leadMs, type TokenEnd } from '../../core/schedule';
import type { UpsolveTenant } from '../../core/snapshot';
import type { Handover } from '../dashboardProps';
import type { Attention } from './attention';

/** The newest tenant, as a guard's render has it. */
export interface NewestTenant {
  readonly identity: string | null;
  readonly tenant: UpsolveTenant;
  readonly end: TokenEnd;
}

/** The tenant that a dashboard runs on: the newest one, or the one before while a handover waits. */
export interface HeldTenant extends NewestTenant {
  /** What was allowed when its token went over: as much as a frame knows, which obeys its token only. */
  readonly granted: UpsolvePermissions;
  readonly reason: HandoverReason;
  /** Another one for another tenant or session: what it showed must not go on. */
  readonly lineage: number;
}

export function holdTenant(newest: NewestTenant, reason: HandoverReason, lineage: number): HeldTenant {
  return { ...newest, granted: newest.tenant.permissions, reason, lineage };
}

/** What is held now. Only a newer token of the same tenant can wait; everything else is followed at once. */
export function followTenant(
  held: HeldTenant | null,
  newest: NewestTenant | null,
  handover: Handover,
): HeldTenant | null {
  if (!newest) return null;
  if (held?.tenant.token === newest.tenant.token) {
    const isSame = held.tenant === newest.tenant && held.end === newest.end && held.identity === newest.identity;
    return isSame ? held : { ...held, ...newest };
  }
  if (held?.identity !== newest.identity) return holdTenant(newest, 'first', (held?.lineage ?? 0) + 1);
  return handover === 'immediate' ? holdTenant(newest, 'immediate', held.lineage) : held;
}

/** Until its handover a dashboard gets what old and new both allow: what is taken away arrives at once. */
export function restrictPermissions(old: UpsolvePermissions, now: UpsolvePermissions): UpsolvePermissions {
  const both = intersectPermissions(old, now);
  return isSamePermissions(both, old) ? old : both;
}

/** For so long the page is hidden, or nobody touches it, before that counts as a break. */
const BREAK_MS = 30_000;
const DEADLINE_MS = 30_000;

/** How long before its end a token leaves the dashboard at the latest: time for the next frame to load and settle. */
function deadlineMs({ remainingMs }: TokenEnd, refreshLeadMs: number): number {
  return guardMs(remainingMs) + Math.min(DEADLINE_MS, leadMs(remainingMs, refreshLeadMs) / 3);
}

/** Why the newer token goes over now, or null: it waits. */
export function judgeHandover(
  end: TokenEnd,
  handover: Handover,
  { hiddenMs, inactiveMs, isInUse }: Attention,
  { nowMs, refreshLeadMs }: { readonly nowMs: number; readonly refreshLeadMs: number },
): HandoverReason | null {
  if (handover === 'immediate') return 'immediate';
  if (end.endsAtMs - nowMs <= deadlineMs(end, refreshLeadMs)) return 'deadline';
  if (handover === 'before-expiry') return null;
  // A look away that was shorter changes nothing: whoever comes back from it is here again.
  if (hiddenMs !== null) return hiddenMs >= BREAK_MS ? 'hidden' : null;
  return inactiveMs >= BREAK_MS && !isInUse ? 'inactive' : null;
}
