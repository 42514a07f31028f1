import { withDeadline } from './deadline';
import { UpsolveTenantError } from './errors';
import type { RequestReason } from './events';
import type { TenantRequestContext } from './options';
import type { ReceivedAnswer } from './readResponse';
import { requestPermissions, requestTenant } from './requestTenant';
import type { ResolvedOptions } from './resolveOptions';

/** One request, as its tenancy knows it. */
export interface SentRequest {
  readonly options: ResolvedOptions;
  readonly tenantId: string | undefined;
  readonly reason: RequestReason;
  readonly attempt: number;
  readonly signal: AbortSignal;
}

/** Asks for a tenant, with a deadline over headers(), body(), the request and the reading of its answer. */
export function sendTenantRequest(
  request: SentRequest & { readonly isRegistered: boolean; readonly onSend: () => void },
): Promise<ReceivedAnswer> {
  const { isRegistered, onSend } = request;
  const options = countSends(request.options, onSend);
  return withDeadline(options.requestTimeoutMs, request.signal, (signal) =>
    requestTenant(options, createContext('tenant', request, signal), isRegistered),
  );
}

/** One attempt may send more than one request: to renew a session, to follow a redirect. */
function countSends(options: ResolvedOptions, onSend: () => void): ResolvedOptions {
  const { source, fetch } = options;
  if (source.kind === 'endpoint') return { ...options, fetch: (...request) => (onSend(), fetch(...request)) };
  return { ...options, source: { ...source, fetchTenant: (context) => (onSend(), source.fetchTenant(context)) } };
}

/** Asks what a token allows, with the same deadline. */
export function sendPermissionsRequest(request: SentRequest, token: string): Promise<unknown> {
  const { options } = request;
  const { permissionsEndpoint } = options;
  if (!permissionsEndpoint) throw new UpsolveTenantError('invalid_options');
  return withDeadline(options.requestTimeoutMs, request.signal, (signal) =>
    requestPermissions(options, permissionsEndpoint, createContext('permissions', request, signal), token),
  );
}

function createContext(
  kind: TenantRequestContext['request'],
  { reason, attempt, tenantId }: SentRequest,
  signal: AbortSignal,
): TenantRequestContext {
  return { request: kind, reason, attempt, ...(tenantId !== undefined && { tenantId }), signal };
}
