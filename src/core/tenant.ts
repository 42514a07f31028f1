import type { UpsolvePermissions } from './permissions';

/** A tenant that may be shown right now. It lives in memory only; keep it out of storage, URLs and logs. */
export interface UpsolveTenant {
  /** The tenant's id: the one the backend echoed, else the one the provider was given, as text. */
  readonly id?: string;
  /** The token for the dashboard. Whoever holds it can read this tenant's data until it ends. */
  readonly token: string;
  /** When the token ends, by the clock of this page: `new Date() > expiresAt` is right even where that clock is wrong. */
  readonly expiresAt: Date;
  /** The effective permissions: the same object for as long as they are equal. */
  readonly permissions: UpsolvePermissions;
}
