import { isUpsolveTenantError, UpsolveTenantError } from './errors';
import { parseThrown } from './failure';
import type { ResolvedOptions, TenantRequestContext } from './options';
import { invalid, refuseApiKey, refuseApiKeyInJson, serializeJson } from './refusals';
import { isResponse, readResponse, type ReceivedAnswer } from './response';
import type { RequestKind, RequestReason, SendBudget } from './schedule';

/** What went over the wire, for whoever explains a failure. It holds no header, body, token or query string. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly response?: Response;
  /** The beginning of what came: it is looked at, never shown. */
  readonly text?: string;
}

/** Hears of each exchange as it goes on. */
export type ExchangeListener = (exchange: Exchange) => void;

/** One request, as whoever makes it knows it. */
export interface TenantRequest {
  readonly reason: RequestReason;
  readonly attempt: number;
  readonly tenantId: string | undefined;
  readonly signal: AbortSignal;
  readonly onExchange?: ExchangeListener | undefined;
}

interface BudgetedRequest extends TenantRequest {
  readonly budget: SendBudget;
}

/**
 * Asks the app's backend once for a tenant; once more where a function may renew a stale session after a 401
 * (`lastStatus: 401`), and once more to see where a redirect leads. One deadline lies over headers(), body(), the request
 * and the reading of its answer.
 *
 * @throws UpsolveTenantError by what was answered.
 */
export function requestTenant(
  options: ResolvedOptions,
  request: BudgetedRequest & { readonly isRegistered: boolean },
): Promise<ReceivedAnswer> {
  const { source } = options;
  const canRenew = source.kind === 'function' || typeof options.headers === 'function';
  const ask = async (context: TenantRequestContext): Promise<ReceivedAnswer> => {
    if (source.kind === 'function') {
      request.budget.take();
      const answer = await callApp(source.endpoint, context);
      return isResponse(answer) ? await readResponse(answer, answer.redirected) : { body: answer };
    }
    const headers = await resolveHeaders(options, context);
    const { body: given } = options;
    const value = typeof given === 'function' ? await callApp(given as BodyFunction, context) : given;
    const body = serializeJson(value ?? { tenantId: context.tenantId });
    refuseApiKeyInJson(body);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    const url = request.isRegistered ? source.refreshEndpoint : source.endpoint;
    return await send(options, request, url, { method: 'POST', headers, body, signal: context.signal });
  };
  return withDeadline(options.requestTimeoutMs, request.signal, async (signal) => {
    const context = createContext('tenant', request, signal);
    try {
      return await ask(context);
    } catch (error) {
      const isStale = isUpsolveTenantError(error) && error.status === 401 && error.code !== 'invalid_api_key';
      if (!isStale || !canRenew || request.budget.isSpent()) throw error;
      refuseAborted(signal);
      return await ask({ ...context, lastStatus: 401 });
    }
  });
}

type BodyFunction = (context: TenantRequestContext) => unknown;

/**
 * Asks what a token allows, with the token as Bearer whatever `headers` says, and with the same deadline.
 *
 * @throws UpsolveTenantError by what was answered.
 */
export function requestPermissions(options: ResolvedOptions, request: TenantRequest, token: string): Promise<unknown> {
  const { permissionsEndpoint: url } = options;
  return withDeadline(options.requestTimeoutMs, request.signal, async (signal) => {
    if (!url) throw new UpsolveTenantError('invalid_options');
    const headers = await resolveHeaders(options, createContext('permissions', request, signal));
    headers.set('authorization', `Bearer ${token}`);
    return (await send(options, request, url, { method: 'GET', headers, signal })).body;
  });
}

function createContext(
  request: RequestKind,
  { reason, attempt, tenantId }: TenantRequest,
  signal: AbortSignal,
): TenantRequestContext {
  return { request, reason, attempt, ...(tenantId !== undefined && { tenantId }), signal };
}

/**
 * Runs something that may never end and may ignore its signal: it is raced against the clock and against `outer`, and
 * its own signal is aborted in both cases. It isn't begun where `outer` has aborted already.
 *
 * @throws UpsolveTenantError `timeout` after `timeoutMs`, `aborted` when `outer` aborts; else whatever `run` throws.
 */
export async function withDeadline<Result>(
  timeoutMs: number,
  outer: AbortSignal,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  refuseAborted(outer);
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let handleAbort: (() => void) | undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    const end = (code: 'aborted' | 'timeout') => (): void => {
      reject(new UpsolveTenantError(code));
      controller.abort();
    };
    handleAbort = end('aborted');
    timer = setTimeout(end('timeout'), timeoutMs);
    outer.addEventListener('abort', handleAbort);
  });
  try {
    return await Promise.race([ended, run(controller.signal)]);
  } finally {
    clearTimeout(timer);
    if (handleAbort) outer.removeEventListener('abort', handleAbort);
  }
}

/** Fresh headers, without an API key. A function's null means that nobody is signed in. */
async function resolveHeaders({ headers }: ResolvedOptions, context: TenantRequestContext): Promise<Headers> {
  const given = typeof headers === 'function' ? await callApp(headers, context) : headers;
  if (given === null) throw new UpsolveTenantError('unauthenticated');
  let resolved: Headers;
  try {
    resolved = new Headers(given);
  } catch {
    throw invalid('headers are no HTTP headers');
  }
  resolved.forEach((value) => refuseApiKey(value));
  if (!resolved.has('accept')) resolved.set('accept', 'application/json');
  return resolved;
}

/** A function of the app, called bare. What it throws becomes our error. */
async function callApp<Result>(
  run: (context: TenantRequestContext) => Result | Promise<Result>,
  context: TenantRequestContext,
): Promise<Result> {
  refuseAborted(context.signal);
  try {
    return await run(context);
  } catch (thrown) {
    throw context.lastStatus === 401 ? parseRenewalFailure(thrown) : parseThrown(thrown);
  }
}

/**
 * A token getter throws in its own way where the session is lost ("login_required"). What says something else stays that:
 * our own error, a status that may be retried, and what a network, an abort or a timeout throws.
 */
function parseRenewalFailure(thrown: unknown): UpsolveTenantError {
  const error = parseThrown(thrown);
  const name = String((Object(thrown) as { name?: unknown }).name);
  const isOther = isUpsolveTenantError(thrown) || /^(Type|Abort|Timeout)Error$/.test(name);
  if (isOther || (error.status !== undefined && error.retryable)) return error;
  return new UpsolveTenantError('unauthenticated', { cause: thrown });
}

async function send(
  { fetch, credentials }: ResolvedOptions,
  { budget, onExchange }: TenantRequest & Partial<BudgetedRequest>,
  url: URL,
  init: RequestInit & { method: string; signal: AbortSignal },
): Promise<ReceivedAnswer> {
  const { method } = init;
  const ask = async (redirect: RequestRedirect): Promise<Response> => {
    refuseAborted(init.signal);
    budget?.take();
    onExchange?.({ method, url });
    let response: Response;
    try {
      response = await fetch(url.href, { ...init, redirect, credentials, cache: 'no-store' });
    } catch (thrown) {
      throw parseThrown(thrown);
    }
    if (!isResponse(response)) throw invalid('fetch gave no Response');
    return response;
  };
  const read = (response: Response, isLanding: boolean): Promise<ReceivedAnswer> =>
    readResponse(response, isLanding, (text) => onExchange?.({ method, url, response, text }));
  const response = await ask('manual');
  const isRedirect = response.type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(response.status);
  // A wrapper around fetch may have followed a redirect already.
  if (!isRedirect || budget?.isSpent()) return await read(response, response.redirected);
  let landing: Response;
  try {
    landing = await ask('follow');
  } catch (cause) {
    // Where it leads is hidden from us: a login page of another origin, as CORS has it.
    throw (cause as UpsolveTenantError).code === 'network'
      ? new UpsolveTenantError('unauthenticated', { cause })
      : cause;
  }
  return await read(landing, true);
}

/** What was given up while a function of the app was under way goes no further. */
function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new UpsolveTenantError('aborted');
}
