import { canonicalJson } from './canonicalJson';
import { captureIdentity, type CapturedIdentity } from './captureIdentity';
import { createSealedRecords } from './createSealedRecords';
import { createSealer } from './createSealer';
import { createTenantDesk, type TokenOrder } from './createTenantDesk';
import { createTenantRoutes } from './createTenantRoutes';
import { describeFault } from './describeFault';
import type { FaultSource, TenantHandlerEvent } from './events';
import type { UpsolveTenantHandlerOptions } from './handlerOptions';
import type { TenantIdentity } from './identity';
import { registerCall } from './registerCall';
import { refuseTenant, resolveRegistration } from './registration';
import { resolveHandlerOptions } from './resolveHandlerOptions';
import { createRoleSignal } from './createRoleSignal';
import { serializeTenant, type SerializedTenant } from './serializeTenant';

/** Answers the three routes, wherever a `Request` comes in. It never rejects. */
export interface UpsolveTenantHandler<Identity = TenantIdentity, Context = unknown> {
  (request: Request, context?: Context): Promise<Response>;
  /**
   * The answer of `/tenant/register` without a request, for server components: give it to `initialTenant`, on a page
   * that no cache keeps.
   *
   * @throws UpsolveTenantError as the route would answer it.
   */
  tenantFor(identity: Identity): Promise<SerializedTenant>;
}

/**
 * The backend half: registers the tenant whom `identify` names with Upsolve, keeps its tokens, and hands them to the
 * browser, which chooses nothing.
 *
 * @throws UpsolveTenantError `invalid_options` or `insecure_endpoint` for options that can't be used.
 */
export function createUpsolveTenantHandler<Identity extends TenantIdentity, Context = unknown>(
  options: UpsolveTenantHandlerOptions<Identity, Context>,
): UpsolveTenantHandler<Identity, Context> {
  const resolved = resolveHandlerOptions(options);
  const { apiKey, upsolveUrl, store, storeTimeoutMs, encryptionKeys, fetch, now } = resolved;

  function onEvent(event: TenantHandlerEvent): void {
    try {
      resolved.onEvent(event);
    } catch {
      // A listener's own failure must not become a user's.
    }
  }

  function onFault(source: FaultSource, thrown: unknown): void {
    onEvent({ type: 'fault', source, error: describeFault(thrown, apiKey) });
  }

  function order(captured: CapturedIdentity<Identity>): TokenOrder {
    const { issueToken, allowUnfiltered = false } = options;
    const { identity } = captured;
    if (issueToken) return { ask: (signal) => issueToken(identity, { signal, fetch }), scope: describeWhole(identity) };
    const isAllowed = typeof allowUnfiltered === 'function' ? allowUnfiltered(identity) : allowUnfiltered;
    const registration = resolveRegistration(captured, isAllowed === true);
    const ask = registerCall(registration, { upsolveUrl, apiKey: apiKey ?? '', fetch });
    return { ask, scope: canonicalJson(registration) };
  }

  const records = createSealedRecords({
    store,
    sealer: createSealer(encryptionKeys),
    now,
    timeoutMs: storeTimeoutMs,
    onFault: (thrown) => onFault('store', thrown),
  });
  const noticePermissions = createRoleSignal<Identity>({
    records,
    now,
    timeoutMs: resolved.upstreamTimeoutMs,
    listener: options.onPermissionsChange,
    onFault: (thrown) => onFault('onPermissionsChange', thrown),
  });
  const desk = createTenantDesk<Identity>({
    records,
    order,
    noticePermissions,
    reuseMs: resolved.reuseMs,
    timeoutMs: resolved.upstreamTimeoutMs,
    apiKey,
    issuer: [upsolveUrl, apiKey ?? null, options.issueToken ? 'issueToken' : 'register'],
    now,
    onEvent,
  });
  const { basePath, allowedOrigins } = resolved;
  const answer = createTenantRoutes<Identity, Context>({
    desk,
    identify: (request, context) => options.identify(request, context),
    basePath,
    allowedOrigins,
    now,
    onEvent,
    onFault,
    describe: (error) => describeFault(error, apiKey),
  });

  return Object.assign((request: Request, context?: Context) => answer(request, context as Context), {
    tenantFor: async (identity: Identity) =>
      serializeTenant(await desk.issue(captureIdentity(identity), 'reuse'), now()),
  });
}

function describeWhole(identity: TenantIdentity): string {
  try {
    return canonicalJson(identity);
  } catch {
    throw refuseTenant("its identity, by which issueToken's tokens are kept, can't be written as JSON");
  }
}
