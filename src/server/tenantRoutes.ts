import { isUpsolveTenantError, UpsolveTenantError } from '../core/errors';
import type { UpsolvePermissions } from '../core/permissions';
import { isResponse } from '../core/response';
import { answerPermissions } from './answerPermissions';
import { type SerializedTenant, serializeError, serializeTenant } from './answers';
import { type Deadline, startDeadline } from './deadline';
import { isPromiseLike } from './eventual';
import { type FaultSource, rethrowSignal, type TenantHandlerEvent } from './faults';
import { type Asked, type CapturedIdentity, captureIdentity, type TenantIdentity, tenantIdOf } from './identity';
import { addCorsHeaders, type AnswerHeaders, answerHeaders, isOriginAllowed, preflightHeaders } from './origins';
import { readBody, refuseLargeBody, shareBody, statedTenantIds } from './requestBody';
import { allowedMethods, describeUnknownPath, matchRoute, pathOf, type TenantRoute } from './routes';
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
  /** What one request may take in all. */
  readonly requestTimeoutMs: number;
  /** Notes that somebody is being asked who it is. */
  readonly noteAsked: () => Asked;
  readonly now: () => number;
  readonly onEvent: (event: TenantHandlerEvent) => void;
  readonly onFault: (source: FaultSource, thrown: unknown) => void;
  /** Our error as it may be told to a browser. */
  readonly describe: (error: UpsolveTenantError) => UpsolveTenantError;
}

/** A request on its way to an answer. */
interface Call<Context> {
  readonly request: Request;
  readonly context: Context;
  readonly deadline: Deadline;
}

type Identified<Identity extends TenantIdentity> = CapturedIdentity<Identity> | Response | null;

/** The three routes over HTTP: who may ask, what is refused, and the shape of each answer. */
export function createTenantRoutes<Identity extends TenantIdentity, Context>(
  options: TenantRoutesOptions<Identity, Context>,
): (request: Request, context: Context) => Promise<Response> {
  const { getDesk, basePath, allowedOrigins, requestTimeoutMs, now, onEvent, onFault, describe } = options;

  async function identify({ request, context, deadline }: Call<Context>): Promise<Identified<Identity>> {
    const asked = options.noteAsked();
    // What comes is captured at once: an await would leave the app a step to change it in.
    const capture = (answered: Identity | Response | null): Identified<Identity> =>
      answered && !isResponse(answered) ? captureIdentity(answered, asked) : (answered ?? null);
    try {
      const answered = options.identify(request, context);
      if (!isPromiseLike(answered)) return capture(answered);
      // Half of the time is left for the store and Upsolve.
      return await deadline.run(() => answered.then(capture), requestTimeoutMs / 2, describeLateIdentify);
    } catch (thrown) {
      rethrowSignal(thrown);
      // One of ours is an answer that the app chose, or says that it is late.
      if (isUpsolveTenantError(thrown)) throw thrown;
      onFault('identify', thrown);
      throw new UpsolveTenantError('server', { status: 500, message: 'identify() of this backend failed.' });
    }
  }

  function describeLateIdentify(): UpsolveTenantError {
    const late = new UpsolveTenantError('timeout', { status: 504, message: 'identify() did not answer in time.' });
    onFault('identify', late);
    return late;
  }

  /** On the permissions route the token decides, so whatever keeps a session from being known is none. */
  async function identifyIfPossible(call: Call<Context>): Promise<CapturedIdentity<Identity> | null> {
    const captured = await identify(call).catch((thrown: unknown) => {
      rethrowSignal(thrown);
      return null;
    });
    return isResponse(captured) ? null : captured;
  }

  async function answerTenant(route: TenantRoute, call: Call<Context>): Promise<SerializedTenant | Response> {
    const { request, context, deadline } = call;
    refuseLargeBody(request);
    const takeBack = shareBody(request);
    let captured: Identified<Identity>;
    try {
      captured = await identify(call);
    } finally {
      takeBack();
    }
    if (isResponse(captured)) return captured;
    if (!captured) throw new UpsolveTenantError('unauthenticated');
    const body = await readBody(takeBack(), context, deadline, (thrown) => onFault('handler', thrown));
    const tenantId = tenantIdOf(captured);
    const stated = await statedTenantIds(body, request.headers.get('content-type'));
    if (stated.some((id) => String(id) !== tenantId)) {
      throw new UpsolveTenantError('tenant_mismatch', {
        message: 'The session is of another tenant than the request.',
      });
    }
    const desk = getDesk();
    const tenant = await desk.issue(captured, route === 'register' ? 'reuse' : 'mint', deadline);
    return serializeTenant(tenant, desk.now());
  }

  async function answerFlags(call: Call<Context>): Promise<UpsolvePermissions> {
    const captured = await identifyIfPossible(call);
    const desk = getDesk();
    const permissions = await answerPermissions(call.request.headers, captured, desk);
    if (captured) await desk.noticePermissions(captured, call.deadline);
    return permissions;
  }

  async function answer(
    route: TenantRoute | undefined,
    call: Call<Context>,
    headers: AnswerHeaders,
  ): Promise<Response> {
    const { request } = call;
    if (!route) {
      const pathname = pathOf(request);
      throw new UpsolveTenantError('not_found', { message: describeUnknownPath(pathname, basePath) });
    }
    if (!isOriginAllowed(request.headers, allowedOrigins)) {
      throw new UpsolveTenantError('origin_not_allowed', {
        message:
          "Requests of other sites are refused. Is this page the app's own? Let the proxy pass on X-Forwarded-Host, or name the page's origin in allowedOrigins.",
      });
    }
    const methods = allowedMethods(route);
    if (request.method === 'OPTIONS') {
      return new Response(null, { status: 204, headers: preflightHeaders(request, methods, headers) });
    }
    if (!methods.includes(request.method)) {
      headers['allow'] = methods.join(', ');
      throw new UpsolveTenantError('not_found', { status: 405, message: `Use ${methods[0]}.` });
    }
    const body = await (route === 'permissions' ? answerFlags(call) : answerTenant(route, call));
    return isResponse(body) ? addCorsHeaders(body, headers) : serialize(request, 200, body, headers);
  }

  return async (request, context) => {
    const startedAtMs = now();
    const call: Call<Context> = { request, context, deadline: startDeadline(requestTimeoutMs) };
    const route = matchRoute(pathOf(request), basePath);
    const headers = answerHeaders(request, allowedOrigins, startedAtMs);
    let response: Response;
    let error: UpsolveTenantError | undefined;
    try {
      response = await answer(route, call, headers);
    } catch (thrown) {
      rethrowSignal(thrown);
      const isOurs = isUpsolveTenantError(thrown);
      if (!isOurs) onFault('handler', thrown);
      error = isOurs ? describe(thrown) : new UpsolveTenantError('server', { status: 500 });
      response = serializeFailure(request, error, headers);
    }
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

function serialize(request: Request, status: number, body: unknown, headers: AnswerHeaders): Response {
  headers['content-type'] = 'application/json';
  return new Response(request.method === 'HEAD' ? null : JSON.stringify(body), { status, headers });
}

function serializeFailure(request: Request, error: UpsolveTenantError, headers: AnswerHeaders): Response {
  const failure = serializeError(error);
  return serialize(request, failure.status, failure.body, { ...headers, ...failure.headers });
}
