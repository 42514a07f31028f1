import { UpsolveTenantError } from '../core/errors';
import { resolvePermissions, type UpsolvePermissions } from '../core/permissions';
import { hasBlankValue, isBlank } from './blank';
import type { TenantIdentity } from './identity';

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
 * Identity → what Upsolve is sent.
 *
 * @throws UpsolveTenantError `invalid_tenant_configuration` for a scope that would show more than one tenant's data, or
 * that lacks what Upsolve requires.
 */
export function resolveRegistration(identity: TenantIdentity, allowUnfiltered: boolean): TenantRegistration {
  const { displayName, organizationId, connectionOverride, customMetadata, expiration, key } = identity;
  if (isBlank(displayName)) throw refused('its displayName is blank');
  const hasSchema = !isBlank(identity.schemaPreFilter);
  return {
    displayName,
    prefilters: resolvePrefilters(identity.prefilters, hasSchema, allowUnfiltered),
    tenantEditingPermissions: resolvePermissions(identity.permissions ?? { readOnly: true }),
    // The vendor's pages name it both ways.
    ...(hasSchema && { schemaPreFilter: identity.schemaPreFilter, prefilters_schema: identity.schemaPreFilter }),
    ...(organizationId !== undefined && { organizationId }),
    ...(connectionOverride !== undefined && { connectionOverride }),
    ...(customMetadata !== undefined && { customMetadata }),
    ...(expiration !== undefined && { expiration }),
    ...(key !== undefined && { key }),
  };
}

/** An empty value inside is refused beside a schema too: it is a filter that was meant and got lost. */
function resolvePrefilters(
  prefilters: TenantIdentity['prefilters'],
  hasSchema: boolean,
  allowUnfiltered: boolean,
): Readonly<Record<string, unknown>> {
  if (prefilters !== undefined && prefilters !== null && !isRecord(prefilters)) {
    throw refused('its prefilters are not an object of column and value');
  }
  if (isBlank(prefilters)) {
    if (hasSchema || allowUnfiltered) return {};
    throw refused('its prefilters are blank, so it would see the data of every tenant');
  }
  if (hasBlankValue(prefilters) && !allowUnfiltered) {
    throw refused('one of its prefilters is blank, so it would see the data of other tenants');
  }
  return prefilters ?? {};
}

function isRecord(value: object): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

function refused(why: string): UpsolveTenantError {
  return new UpsolveTenantError('invalid_tenant_configuration', {
    status: 422,
    message: `This tenant was not registered: ${why}.`,
  });
}
