import { resolvePermissions, type UpsolvePermissions } from '../core/permissions';
import type { TenantIdentity } from './identity';

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

/** What `identify` answered, as it was then. */
export interface CapturedIdentity<Identity extends TenantIdentity = TenantIdentity> {
  readonly tenantId: Identity['tenantId'];
  readonly userId: Identity['userId'];
  /** For the functions of the app: a copy that holds as data what is sent, and all else as it was given. */
  readonly identity: Identity;
  readonly permissions: UpsolvePermissions;
  /** The fields that were given. */
  readonly fields: Readonly<Partial<Record<SentField, CapturedField>>>;
}

/**
 * Takes an identity down at once, so that whatever the app does to its object afterwards changes nothing that is sent,
 * kept or told. It judges nothing and throws only what a getter of the app's own throws. Flags are read from the values
 * themselves: JSON makes null of `readOnly: NaN`.
 */
export function captureIdentity<Identity extends TenantIdentity>(given: Identity): CapturedIdentity<Identity> {
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
  return { tenantId, userId, identity: copyOf(given, own), permissions, fields };
}

function captureField(value: unknown): CapturedField {
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
  return Object.create(Object.getPrototypeOf(given) as object | null, {
    ...Object.getOwnPropertyDescriptors(given),
    ...Object.getOwnPropertyDescriptors(own),
  }) as Given;
}
