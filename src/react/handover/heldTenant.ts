import type { HandoverReason } from '../../core/events';
import { intersectPermissions, isSamePermissions, type UpsolvePermissions } from '../../core/permissions';
import type { TenantSnapshot } from '../../core/snapshot';
import type { UpsolveTenant } from '../../core/tenant';
import type { Handover } from '../dashboardProps';

/** The tenant that a dashboard runs on: the newest one, or the one before while a handover waits. */
export interface HeldTenant {
  readonly identity: string | null;
  readonly tenant: UpsolveTenant;
  /** What its token had left when it was accepted. */
  readonly lifeMs: number;
  /** What was allowed when its token went over: as much as a frame knows, which obeys its token only. */
  readonly granted: UpsolvePermissions;
  readonly reason: HandoverReason;
}

export function holdTenant(snapshot: TenantSnapshot, reason: HandoverReason): HeldTenant | null {
  const { identity, tenant, lastRefreshedAt } = snapshot;
  return (
    tenant && { identity, tenant, lifeMs: getLifeMs(tenant, lastRefreshedAt), granted: tenant.permissions, reason }
  );
}

function getLifeMs({ expiresAt }: UpsolveTenant, since: Date | null): number {
  return since ? expiresAt.getTime() - since.getTime() : Number.POSITIVE_INFINITY;
}

/** What is held after a snapshot. Only a newer token of the same tenant can wait; everything else is followed at once. */
export function followSnapshot(held: HeldTenant | null, snapshot: TenantSnapshot, kind: Handover): HeldTenant | null {
  const { tenant, identity } = snapshot;
  if (!tenant || !held || held.identity !== identity) return tenant && holdTenant(snapshot, 'first');
  if (held.tenant === tenant) return held;
  if (held.tenant.token === tenant.token) {
    // Its end may have moved: the server knows better, or has prolonged it.
    const isMoved = held.tenant.expiresAt !== tenant.expiresAt;
    return { ...held, tenant, lifeMs: isMoved ? getLifeMs(tenant, snapshot.lastRefreshedAt) : held.lifeMs };
  }
  return kind === 'immediate' ? holdTenant(snapshot, 'immediate') : held;
}

/** Whether a newer token is being held back. */
export function isHandoverPending(held: HeldTenant | null, { tenant }: TenantSnapshot): boolean {
  return held !== null && tenant !== null && held.tenant.token !== tenant.token;
}

/** Until its handover a dashboard gets what old and new both allow: a flag taken away arrives at once. */
export function restrictPermissions(old: UpsolvePermissions, now: UpsolvePermissions): UpsolvePermissions {
  const both = intersectPermissions(old, now);
  return isSamePermissions(both, old) ? old : both;
}
