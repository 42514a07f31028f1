import { isUpsolveTenantError, UpsolveTenantError } from '../core/errors';
import { isResponse } from '../core/response';
import { answerPermissions } from './answerPermissions';
import { type SerializedTenant, serializeError, serializeTenant } from './answers';
import { type FaultSource, rethrowSignal, type TenantHandlerEvent } from './faults';
import { type CapturedIdentity, captureIdentity, type TenantIdentity, tenantIdOf } from './identity';
import { answerHeaders, isOriginAllowed, preflightHeaders } from './origins';
import { allowedMethods, describeUnknownPath, matchRoute, type TenantRoute } from './routes';
import { readBody, refuseLargeBody, shareBody, statedTenantIds } from './requestBody';
import type { TenantDesk } from './tenantDesk';

export interface TenantRoutesOptions<Identity extends TenantIdentity, Context> {
  /** @throws UpsolveTenantError while what it needs is missing. */
  readonly getDesk: () => TenantDesk<Identity>;
  readonly identify: (
    request: Request,
    context: Context,
  ) => Identity | Response | null | Promise<Identity | Response | null>;
  readonly basePath: string;
  readonly allowedOrigins: readonly string[];
  readonly now: () => number;
  readonly onEvent: (event: TenantHandlerEvent) => void;
  readonly onFault: (source: FaultSource, thrown: unknown) => void;
  /** Our error as it may be told to a browser. */
  readonly describe: (error: UpsolveTenantError) => UpsolveTenantError;
}

/** The three routes over HTTP: who may ask, what is refused, and the shape of each answer. */
export function createTenantRoutes<Identity extends TenantIdentity, Context>(
  options: TenantRoutesOptions<Identity, Context>,
): (request: Request, context: Context) => Promise<Response> {
  const { getDesk, basePath, allowedOrigins, now, onEvent, onFault, describe } = options;

  async function identify(request: Request, context: Context): Promise<CapturedIdentity<Identity> | Response | null> {
    try {
      const asked = options.identify(request, context);
      // What comes at once is captured at once: an await would leave the app a step to change it in.
      const answered = isPromiseLike(asked) ? await asked : asked;
      return answered && !isResponse(answered) ? captureIdentity(answered) : (answered ?? null);
    } catch (thrown) {
      rethrowSignal(thrown);
      // One of ours is an answer that the app chose.
      if (isUpsolveTenantError(thrown)) throw thrown;
      onFault('identify', thrown);
      throw new UpsolveTenantError('server', { status: 500, message: 'identify() of this backend failed.' });
    }
  }

  /** On the permissions route the token decides, so whatever keeps a session from being known is none. */
  async function identifyIfPossible(request: Request, context: Context): Promise<CapturedIdentity<Identity> | null> {
    const captured = await identify(request, context).catch((thrown: unknown) => {
      rethrowSignal(thrown);
      return null;
    });
    return isResponse(captured) ? null : captured;
  }

  async function answerTenant(
    route: TenantRoute,
    request: Request,
    context: Context,
  ): Promise<SerializedTenant | Response> {
    refuseLargeBody(request);
    const takeBack = shareBody(request);
    const captured = await identify(request, context).finally(takeBack);
    if (isResponse(captured)) return captured;
    if (!captured) throw new UpsolveTenantError('unauthenticated');
    const body = await readBody(takeBack(), context, (thrown) => onFault('handler', thrown));
    const tenantId = tenantIdOf(captured);
    const stated = await statedTenantIds(body, request.headers.get('content-type'));
    if (stated.some((id) => String(id) !== tenantId)) {
      throw new UpsolveTenantError('tenant_mismatch', {
        message: 'The session is of another tenant than the request.',
      });
    }
    return serializeTenant(await getDesk().issue(captured, route === 'register' ? 'reuse' : 'mint'), now());
  }

  async function answer(
    route: TenantRoute | undefined,
    request: Request,
    context: Context,
    headers: Headers,
  ): Promise<Response> {
    if (!route) {
      const { pathname } = new URL(request.url);
      throw new UpsolveTenantError('not_found', { message: describeUnknownPath(pathname, basePath) });
    }
    if (!isOriginAllowed(request.headers, allowedOrigins)) {
      throw new UpsolveTenantError('forbidden', { message: 'Requests of other sites are refused.' });
    }
    const methods = allowedMethods(route);
    if (request.method === 'OPTIONS') {
      return new Response(null, { status: 204, headers: preflightHeaders(request, methods, headers) });
    }
    if (!methods.includes(request.method)) {
      headers.set('allow', methods.join(', '));
      throw new UpsolveTenantError('not_found', { status: 405, message: `Use ${methods[0]}.` });
    }
    const body =
      route === 'permissions'
        ? await answerPermissions(request.headers, await identifyIfPossible(request, context), getDesk(), now())
        : await answerTenant(route, request, context);
    return isResponse(body) ? body : serialize(request, 200, body, headers);
  }

  return async (request, context) => {
    const startedAtMs = now();
    const route = matchRoute(new URL(request.url).pathname, basePath);
    const headers = answerHeaders(request, allowedOrigins, startedAtMs);
    const [response, error] = await answer(route, request, context, headers).then(
      (answered) => [answered, undefined] as const,
      (thrown: unknown) => {
        rethrowSignal(thrown);
        if (!isUpsolveTenantError(thrown)) onFault('handler', thrown);
        const known = isUpsolveTenantError(thrown)
          ? describe(thrown)
          : new UpsolveTenantError('server', { status: 500 });
        return [serializeFailure(request, known, headers), known] as const;
      },
    );
    onEvent({
      type: 'request',
      ...(route && { route }),
      status: response.status,
      durationMs: now() - startedAtMs,
      ...(error && { code: error.code }),
    });
    return response;
  };
}

function isPromiseLike<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return typeof (value as { then?: unknown } | null)?.then === 'function';
}

function serialize(request: Request, status: number, body: unknown, headers: Headers): Response {
  headers.set('content-type', 'application/json');
  return new Response(request.method === 'HEAD' ? null : JSON.stringify(body), { status, headers });
}

function serializeFailure(request: Request, error: UpsolveTenantError, headers: Headers): Response {
  const failure = serializeError(error);
  for (const [name, value] of Object.entries(failure.headers)) headers.set(name, value);
  return serialize(request, failure.status, failure.body, headers);
}
