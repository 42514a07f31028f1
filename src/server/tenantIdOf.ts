import { UpsolveTenantError } from '../core/errors';
import type { TenantIdentity } from './identity';

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
