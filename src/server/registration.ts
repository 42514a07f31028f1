import { UpsolveTenantError } from '../core/errors';
import type { UpsolvePermissions } from '../core/permissions';
import { canonicalJson } from './digest';
import type { CapturedIdentity, SentField } from './identity';
import { createTextCache } from './textCache';

/** What is sent to Upsolve beside the API key: the same for a first registration and for each one after it. */
export interface TenantRegistration {
  readonly displayName: string;
  readonly prefilters: Readonly<Record<string, unknown>>;
  readonly tenantEditingPermissions: UpsolvePermissions;
  readonly schemaPreFilter?: unknown;
  readonly prefilters_schema?: unknown;
  readonly organizationId?: string;
  readonly connectionOverride?: { readonly connectionId: string };
  readonly customMetadata?: Readonly<Record<string, unknown>>;
  readonly expiration?: string;
  readonly key?: string;
}

/**
 * Identity → what Upsolve is sent. It is judged by its JSON, for a value that turns blank there filters nothing.
 *
 * @throws UpsolveTenantError `invalid_tenant_configuration` for a scope that would show more than one tenant's data, that
 * lacks what Upsolve requires, or that JSON can't hold.
 */
export function resolveRegistration(
  { fields, permissions }: CapturedIdentity,
  allowUnfiltered: boolean,
): TenantRegistration {
  const { displayName, prefilters, schemaPreFilter, ...rest } = parseFields(fields);
  if (isBlank(displayName)) throw refuseTenant('its displayName is blank');
  const isSchema = typeof schemaPreFilter === 'string' || typeof schemaPreFilter === 'object';
  const hasSchema = isSchema && !fields.schemaPreFilter?.isLossy && !hasBlankValue(schemaPreFilter);
  return {
    displayName: displayName as string,
    prefilters: judgePrefilters(prefilters, fields.prefilters?.isLossy ?? false, hasSchema, allowUnfiltered),
    tenantEditingPermissions: permissions,
    // The vendor's pages name it both ways.
    ...(!isBlank(schemaPreFilter) && { schemaPreFilter, prefilters_schema: schemaPreFilter }),
    ...(rest as Pick<
      TenantRegistration,
      'organizationId' | 'connectionOverride' | 'customMetadata' | 'expiration' | 'key'
    >),
  };
}

/** A registration, and all of it as text: equal ones are equal texts. */
export interface ScopedRegistration {
  readonly registration: TenantRegistration;
  readonly scope: string;
}

/** `resolveRegistration` that remembers what it made of identities that come again and again. */
export function createRegistrar(): (captured: CapturedIdentity, allowUnfiltered: boolean) => ScopedRegistration {
  const known = createTextCache<ScopedRegistration>();
  return (captured, allowUnfiltered) => {
    const text = describe(captured, allowUnfiltered);
    let scoped = known.get(text);
    if (!scoped) {
      const registration = resolveRegistration(captured, allowUnfiltered);
      scoped = { registration, scope: canonicalJson(registration) };
      known.set(text, scoped);
    }
    return scoped;
  };
}

/** All that a registration is made of. It is asked for by each request, and several times cheaper so than as JSON. */
function describe({ fields, permissions }: CapturedIdentity, allowUnfiltered: boolean): string {
  let text = allowUnfiltered ? 'unfiltered' : '';
  for (const [name, { json, isLossy }] of Object.entries(fields)) text += `\n${name}${isLossy ? '?' : ''}:${json}`;
  for (const name of Object.keys(permissions)) text += `\n${permissions[name] ? '+' : '-'}${name.length}:${name}`;
  return text;
}

function parseFields(fields: CapturedIdentity['fields']): Partial<Record<SentField, unknown>> {
  const entries = Object.entries(fields).map(([name, { json }]) => {
    if (json === undefined) throw refuseTenant(`its ${name} can't be written as JSON`);
    return [name, JSON.parse(json) as unknown] as const;
  });
  return Object.fromEntries(entries);
}

/** An empty value inside is refused beside a schema too: it is a filter that was meant and got lost. */
function judgePrefilters(
  prefilters: unknown,
  isLossy: boolean,
  hasSchema: boolean,
  allowUnfiltered: boolean,
): Readonly<Record<string, unknown>> {
  if (
    prefilters !== undefined &&
    prefilters !== null &&
    (typeof prefilters !== 'object' || Array.isArray(prefilters))
  ) {
    throw refuseTenant('its prefilters are not an object of column and value');
  }
  if (isBlank(prefilters) && !allowUnfiltered && !(hasSchema && !isLossy)) {
    throw refuseTenant('its prefilters are blank, so it would see the data of every tenant');
  }
  if (!isBlank(prefilters) && (isLossy || hasBlankValue(prefilters)) && !allowUnfiltered) {
    throw refuseTenant('one of its prefilters is blank, so it would see the data of other tenants');
  }
  return { ...prefilters };
}

/** Why an identity can't be registered, as the error that is answered. */
export function refuseTenant(why: string): UpsolveTenantError {
  return new UpsolveTenantError('invalid_tenant_configuration', {
    status: 422,
    message: `This tenant was not registered: ${why}.`,
  });
}

/** Nothing of JSON that a filter could filter by: null, white space, an empty list or object. */
function isBlank(json: unknown): boolean {
  if (json === undefined || json === null) return true;
  if (typeof json === 'string') return json.trim() === '';
  return typeof json === 'object' && Object.keys(json).length === 0;
}

/** Whether it is blank or holds something blank, however deep. */
function hasBlankValue(json: unknown): boolean {
  if (isBlank(json)) return true;
  if (typeof json !== 'object' || json === null) return false;
  return Object.entries(json).some(([name, inner]) => name.trim() === '' || hasBlankValue(inner));
}
