import type { UpsolvePermissions } from '../core/permissions';

/** A token that was handed out, and what must be known to hand it out again. */
export interface IssuedTenant {
  readonly tenantId: string;
  readonly token: string;
  readonly permissions: UpsolvePermissions;
  /** Its end, by this server's clock. */
  readonly endsAtMs: number;
  /** What it had left when it came. */
  readonly lifetimeMs: number;
  /** How far Upsolve's clock is ahead of this server's; 0 for as long as they agree within seconds. */
  readonly skewMs: number;
}
