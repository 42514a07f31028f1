import type { UpsolvePermissions } from '../core/permissions';
import type { CapturedIdentity } from './captureIdentity';
import type { TenantIdentity } from './identity';
import type { IssuedTenant } from './issuedTenant';

/** What is known of a token that was handed out. */
export interface HandedOutToken {
  readonly tenantId: string;
  readonly permissions: UpsolvePermissions;
}

/**
 * What the routes need of whoever has the tokens: the real one keeps and encrypts them, a double can do without. All of
 * it may throw an UpsolveTenantError, which is then the answer.
 */
export interface TenantDesk<Identity extends TenantIdentity> {
  /** `reuse` may give a token that was handed out before; `mint` never does. */
  issue(captured: CapturedIdentity<Identity>, how: 'reuse' | 'mint'): Promise<IssuedTenant>;
  /** Undefined for a token that was never handed out, or has ended. */
  findHandedOut(token: string): Promise<HandedOutToken | undefined>;
  /** The role signal: these are the permissions of this user now. */
  noticePermissions(captured: CapturedIdentity<Identity>): Promise<void>;
}
