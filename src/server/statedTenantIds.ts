import { UpsolveTenantError } from '../core/errors';

/**
 * The tenant ids that a request's body names: it can choose nothing, but one that is not the session's own must not be
 * answered with another tenant's token. JSON and forms are read; other bodies name none.
 *
 * @throws UpsolveTenantError `invalid_options` for a body that claims to be JSON or a form and is not.
 */
export async function statedTenantIds(body: Uint8Array<ArrayBuffer>, contentType: string): Promise<unknown[]> {
  if (body.length === 0) return [];
  try {
    if (/form/i.test(contentType)) return await idsOfForm(body, contentType);
    return idsOfJson(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    // A body of the app's own making, as the provider's `body` may be, is the app's business.
    if (!/json|form/i.test(contentType)) return [];
    throw new UpsolveTenantError('invalid_options', { status: 400, message: 'The body of the request is unreadable.' });
  }
}

async function idsOfForm(body: Uint8Array<ArrayBuffer>, contentType: string): Promise<unknown[]> {
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  return [...form.getAll('tenantId'), ...form.getAll('tenant_id')];
}

function idsOfJson(value: unknown): unknown[] {
  const { tenantId, tenant_id } = Object(value) as { tenantId?: unknown; tenant_id?: unknown };
  return [tenantId, tenant_id].filter((id) => id !== undefined && id !== null);
}
