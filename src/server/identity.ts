import type { UpsolvePermissionName } from '../core/permissions';

/**
 * Flags as the backend knows them, in camelCase or snake_case. A grant counts only as exactly `true`; `readOnly` and
 * `disableTabs` count unless absent, null, false or 0. `readOnly` overrides every grant.
 */
export type UpsolvePermissionFlags = Readonly<Partial<Record<UpsolvePermissionName, boolean | undefined>>> &
  Readonly<Record<string, boolean | undefined>>;

/**
 * Who is asking, and what that tenant may see. It comes from the backend's own session and never from the browser; all
 * but `userId` is the scope that every registration sends alike.
 */
export interface TenantIdentity {
  /** The tenant, as the browser may name it. Compared as text. */
  readonly tenantId: string | number;
  /** The user, where roles are kept per user. Never sent to Upsolve. */
  readonly userId?: string | number | undefined;
  /** The tenant's name in Upsolve. */
  readonly displayName: string;
  /**
   * Column → value: the rows this tenant may see. Blank ones (absent, empty, or with an empty value inside) would show
   * every tenant's data and are refused; see `schemaPreFilter` and `allowUnfiltered`. They are judged and sent as their
   * JSON at the moment `identify` answers: NaN is null there, and an undefined value is no value.
   */
  readonly prefilters?: Readonly<Record<string, unknown>> | null | undefined;
  /**
   * The tenant's own schema, instead of or beside `prefilters`. It isolates on MySQL, ClickHouse and Data Plane
   * connections only.
   */
  readonly schemaPreFilter?: string | Readonly<Record<string, unknown>> | null | undefined;
  /** What this user may do. Anything but an object of flags is read-only. */
  readonly permissions: UpsolvePermissionFlags;
  readonly organizationId?: string | undefined;
  readonly connectionOverride?: { readonly connectionId: string } | undefined;
  readonly customMetadata?: Readonly<Record<string, unknown>> | undefined;
  /** How long Upsolve makes the token live, as text. @default Upsolve's: '1h' */
  readonly expiration?: string | undefined;
  /** Upsolve's former tenant id, for organisations that still use it. */
  readonly key?: string | undefined;
}
