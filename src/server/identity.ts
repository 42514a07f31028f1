import { UpsolveTenantError } from '../core/errors';
import { resolvePermissions, type UpsolvePermissionName, type UpsolvePermissions } from '../core/permissions';

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

/** What of an identity is sent to Upsolve under its own name. */
const SENT_FIELDS = [
  'displayName',
  'prefilters',
  'schemaPreFilter',
  'organizationId',
  'connectionOverride',
  'customMetadata',
  'expiration',
  'key',
] as const;

export type SentField = (typeof SENT_FIELDS)[number];

/** A field on its way into JSON. */
export interface CapturedField {
  /** Its JSON; undefined where there is none: a cycle, a BigInt, a function, a `toJSON` that throws. */
  readonly json: string | undefined;
  /** Something in it has no JSON, and is missing there: undefined, a function, a symbol. */
  readonly isLossy: boolean;
}

/** When somebody's identity was asked for: of two answers the one that was asked for later is the newer. */
export interface Asked {
  /** Counts up in this process. */
  readonly serial: number;
  /** By `performance.now()`: it can't be set, and who compares with others' times counts back from their clock. */
  readonly monotonicMs: number;
}

/** What `identify` answered, as it was then. */
export interface CapturedIdentity<Identity extends TenantIdentity = TenantIdentity> {
  readonly tenantId: Identity['tenantId'];
  readonly userId: Identity['userId'];
  /** For the functions of the app: a copy that holds as data what is sent, and all else as it was given. */
  readonly identity: Identity;
  readonly permissions: UpsolvePermissions;
  readonly asked: Asked;
  /** The fields that were given. */
  readonly fields: Readonly<Partial<Record<SentField, CapturedField>>>;
}

/**
 * Takes an identity down at once, so that whatever the app does to its object afterwards changes nothing that is sent,
 * kept or told. It judges nothing and throws only what a getter of the app's own throws. Flags are read from the values
 * themselves: JSON makes null of `readOnly: NaN`.
 */
export function captureIdentity<Identity extends TenantIdentity>(
  given: Identity,
  asked: Asked,
): CapturedIdentity<Identity> {
  const { tenantId, userId } = given;
  const permissions = resolvePermissions(given.permissions);
  const own: Record<string, unknown> = { tenantId, userId, permissions: copyOf(given.permissions) };
  const fields: Partial<Record<SentField, CapturedField>> = {};
  for (const name of SENT_FIELDS) {
    const value: unknown = given[name];
    if (value === undefined) continue;
    const field = captureField(value);
    fields[name] = field;
    own[name] = field.json === undefined ? value : JSON.parse(field.json);
  }
  return { tenantId, userId, identity: copyOf(given, own), permissions, asked, fields };
}

function captureField(value: unknown): CapturedField {
  if (typeof value === 'string') return { json: JSON.stringify(value), isLossy: false };
  let isLossy = false;
  try {
    const json = JSON.stringify(value, (_name, inner: unknown) => {
      isLossy ||= inner === undefined || typeof inner === 'function' || typeof inner === 'symbol';
      return inner;
    }) as string | undefined;
    return { json, isLossy: isLossy || (json === 'null' && value !== null) };
  } catch {
    return { json: undefined, isLossy: true };
  }
}

/** An object of the same kind, with properties of its own. */
function copyOf<Given>(given: Given, own: object = {}): Given {
  if (typeof given !== 'object' || given === null) return given;
  // A plain object, as nearly all are, needs no more than this, which takes a fraction of the time.
  if (Object.getPrototypeOf(given) === Object.prototype) return { ...given, ...own };
  return Object.create(Object.getPrototypeOf(given) as object | null, {
    ...Object.getOwnPropertyDescriptors(given),
    ...Object.getOwnPropertyDescriptors(own),
  }) as Given;
}

/**
 * The tenant's id as text.
 *
 * @throws UpsolveTenantError `invalid_tenant_configuration` for an identity without one.
 */
export function tenantIdOf({ tenantId }: Pick<TenantIdentity, 'tenantId'>): string {
  const text = typeof tenantId === 'number' && Number.isFinite(tenantId) ? String(tenantId) : tenantId;
  if (typeof text === 'string' && text.trim() !== '') return text;
  throw new UpsolveTenantError('invalid_tenant_configuration', {
    status: 422,
    message: 'identify() gave no tenantId: return null where nobody is signed in.',
  });
}
