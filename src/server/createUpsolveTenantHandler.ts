import type { UpsolveTenantError } from '../core/errors';
import { type SerializedTenant, serializeTenant } from './answers';
import { startDeadline } from './deadline';
import { canonicalJson } from './digest';
import { describeFault, type FaultSource, type TenantHandlerEvent } from './faults';
import type { UpsolveTenantHandlerOptions } from './handlerOptions';
import { type Asked, type CapturedIdentity, captureIdentity, type TenantIdentity } from './identity';
import { createRegistrar, refuseTenant } from './registration';
import { readApiKey, type ResolvedSecrets, resolveHandlerOptions, resolveSecrets } from './resolveHandlerOptions';
import { createRoleSignal } from './roleSignal';
import { createSealedRecords } from './sealedRecords';
import { createSealer } from './sealer';
import { createSharedClock } from './sharedClock';
import { createTenantDesk, type TenantDesk, type TokenOrder } from './tenantDesk';
import { createTenantRoutes } from './tenantRoutes';
import { registerCall } from './upsolveCall';

/** Answers the three routes, wherever a `Request` comes in. It rejects with nothing but a framework's own signal. */
export interface UpsolveTenantHandler<Identity = TenantIdentity, Context = unknown> {
  (request: Request, context?: Context): Promise<Response>;
  /**
   * The answer of `/tenant/register` without a request, for server components: give it to `initialTenant`, on a page
   * that no cache keeps.
   *
   * @throws UpsolveTenantError as the route would answer it, and a framework's own signal as it is.
   */
  tenantFor(identity: Identity): Promise<SerializedTenant>;
}

/**
 * The backend half: registers the tenant whom `identify` names with Upsolve, keeps its tokens, and hands them to the
 * browser, which chooses nothing. The API key and the store with its encryption keys are first needed by a request: where
 * one is missing, `invalid_options` with status 500 names it in the answer.
 *
 * @throws UpsolveTenantError `invalid_options` or `insecure_endpoint` for other options that can't be used.
 */
export function createUpsolveTenantHandler<Identity extends TenantIdentity, Context = unknown>(
  options: UpsolveTenantHandlerOptions<Identity, Context>,
): UpsolveTenantHandler<Identity, Context> {
  const resolved = resolveHandlerOptions(options);
  const { upsolveUrl, fetch, now, requestTimeoutMs, storeTimeoutMs } = resolved;
  let serial = 0;
  let opened: { readonly desk: TenantDesk<Identity>; readonly apiKey: string | undefined } | undefined;

  function noteAsked(): Asked {
    serial += 1;
    return { serial, monotonicMs: performance.now() };
  }

  function onEvent(event: TenantHandlerEvent): void {
    // A listener's own failure, at once or later, must not become a user's, nor end the process.
    try {
      const listening = resolved.onEvent(event);
      if (listening) Promise.resolve(listening).catch(() => undefined);
    } catch {
      return;
    }
  }

  /** As it can be told; what fails before the first token is wanted may hold the API key too. */
  function describe(thrown: unknown): UpsolveTenantError {
    return describeFault(thrown, opened ? opened.apiKey : readApiKey(options));
  }

  function onFault(source: FaultSource, thrown: unknown): void {
    onEvent({ type: 'fault', source, error: describe(thrown) });
  }

  /** Opens the desk at the first request; until the options that it needs are there, at each. */
  function getDesk(): TenantDesk<Identity> {
    try {
      opened ??= openDesk(resolveSecrets(options, now));
    } catch (thrown) {
      onFault('handler', thrown);
      throw thrown;
    }
    return opened.desk;
  }

  function openDesk({ apiKey, store, encryptionKeys }: ResolvedSecrets): NonNullable<typeof opened> {
    const storeFaults = {
      timeoutMs: storeTimeoutMs,
      onFault: (thrown: unknown): void => onFault('store', thrown),
    };
    store.onFault?.(storeFaults.onFault);
    const clock = createSharedClock({ store, now, ...storeFaults });
    const records = createSealedRecords({ store, sealer: createSealer(encryptionKeys), clock, ...storeFaults });
    const { onPermissionsChange: listener } = options;
    const noticePermissions =
      listener &&
      createRoleSignal<Identity>({
        records,
        now: clock.now,
        timeoutMs: requestTimeoutMs / 2,
        listener,
        onFault: (thrown) => onFault('onPermissionsChange', thrown),
      });
    const desk = createTenantDesk<Identity>({
      records,
      order: (captured) => order(captured, apiKey),
      noticePermissions,
      reuseMs: resolved.reuseMs,
      storeTimeoutMs,
      apiKey,
      issuer: [upsolveUrl, apiKey ?? null, options.issueToken ? 'issueToken' : 'register'],
      clock,
      onEvent,
      onFault,
    });
    return { desk, apiKey };
  }

  function order(captured: CapturedIdentity<Identity>, apiKey = ''): TokenOrder {
    const { issueToken, allowUnfiltered = false } = options;
    const { identity } = captured;
    if (issueToken) return { ask: (signal) => issueToken(identity, { signal, fetch }), scope: describeWhole(identity) };
    const isAllowed = typeof allowUnfiltered === 'function' ? allowUnfiltered(identity) : allowUnfiltered;
    const { registration, scope } = register(captured, isAllowed === true);
    return { ask: registerCall(registration, { upsolveUrl, apiKey, fetch }), scope };
  }

  const register = createRegistrar();
  const { basePath, allowedOrigins } = resolved;
  const answer = createTenantRoutes<Identity, Context>({
    getDesk,
    identify: (request, context) => options.identify(request, context),
    basePath,
    allowedOrigins,
    requestTimeoutMs,
    noteAsked,
    now,
    onEvent,
    onFault,
    describe,
  });

  return Object.assign((request: Request, context?: Context) => answer(request, context as Context), {
    tenantFor: async (identity: Identity) => {
      const desk = getDesk();
      const captured = captureIdentity(identity, noteAsked());
      return serializeTenant(await desk.issue(captured, 'reuse', startDeadline(requestTimeoutMs)), desk.now());
    },
  });
}

function describeWhole(identity: TenantIdentity): string {
  try {
    return canonicalJson(identity);
  } catch {
    throw refuseTenant("its identity, by which issueToken's tokens are kept, can't be written as JSON");
  }
}
