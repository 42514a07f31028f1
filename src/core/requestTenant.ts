import { isUpsolveTenantError, UpsolveTenantError } from './errors';
import { parseThrown } from './judgeFailure';
import type { TenantRequestContext } from './options';
import { isRedirect, isResponse, readResponse, type ReceivedAnswer } from './readResponse';
import { refuseApiKey } from './refusals';
import { serializeBody } from './requestBody';
import type { ResolvedOptions } from './resolveOptions';

type BodyFunction = (context: TenantRequestContext) => unknown;

/**
 * Asks the app's backend once for a tenant; once more where a function may renew a stale session token after a 401
 * (`lastStatus: 401`), and once more to see where a redirect leads.
 *
 * @throws UpsolveTenantError by rule 6's table.
 */
export async function requestTenant(
  options: ResolvedOptions,
  context: TenantRequestContext,
  isRegistered: boolean,
): Promise<ReceivedAnswer> {
  const { source } = options;
  const canRenew = source.kind === 'function' || typeof options.headers === 'function';
  const ask = (told: TenantRequestContext): Promise<ReceivedAnswer> =>
    source.kind === 'function'
      ? askFunction(source.fetchTenant, told)
      : askEndpoint(options, isRegistered ? source.refreshEndpoint : source.endpoint, told);
  try {
    return await ask(context);
  } catch (error) {
    const isStale = isUpsolveTenantError(error) && error.status === 401 && context.lastStatus !== 401;
    if (!isStale || !canRenew || error.code === 'invalid_api_key') throw error;
    refuseAborted(context.signal);
    return await ask({ ...context, lastStatus: 401 });
  }
}

/**
 * Asks what a token allows, with the token as Bearer whatever `headers` says.
 *
 * @throws UpsolveTenantError by rule 6's table.
 */
export async function requestPermissions(
  options: ResolvedOptions,
  endpoint: URL,
  context: TenantRequestContext,
  token: string,
): Promise<unknown> {
  const headers = await resolveHeaders(options, context);
  headers.set('authorization', `Bearer ${token}`);
  const { body } = await send(options, endpoint, { headers, method: 'GET', signal: context.signal });
  return body;
}

async function askFunction(
  fetchTenant: (context: TenantRequestContext) => unknown,
  context: TenantRequestContext,
): Promise<ReceivedAnswer> {
  const answer = await judged(() => fetchTenant(context));
  return isResponse(answer) ? await judged(() => readResponse(answer)) : { body: answer };
}

async function askEndpoint(options: ResolvedOptions, url: URL, context: TenantRequestContext): Promise<ReceivedAnswer> {
  const headers = await resolveHeaders(options, context);
  const { body: given } = options;
  const value: unknown = typeof given === 'function' ? await judged(() => (given as BodyFunction)(context)) : given;
  const { body, contentType } = await serializeBody(value ?? { tenantId: context.tenantId });
  if (contentType !== undefined && !headers.has('content-type')) headers.set('content-type', contentType);
  return await send(options, url, { method: 'POST', headers, body, signal: context.signal });
}

/** Fresh headers, without an API key. A function's null means that nobody is signed in. */
async function resolveHeaders({ headers }: ResolvedOptions, context: TenantRequestContext): Promise<Headers> {
  const given = typeof headers === 'function' ? await judged(() => headers(context)) : headers;
  if (given === null) throw new UpsolveTenantError('unauthenticated');
  let resolved: Headers;
  try {
    resolved = new Headers(given);
  } catch (cause) {
    throw new UpsolveTenantError('invalid_options', { message: 'headers are not valid HTTP headers.', cause });
  }
  resolved.forEach((value) => refuseApiKey(value));
  if (!resolved.has('accept')) resolved.set('accept', 'application/json');
  return resolved;
}

async function send(
  options: ResolvedOptions,
  url: URL,
  init: RequestInit & { signal: AbortSignal },
): Promise<ReceivedAnswer> {
  const ask = async (redirect: RequestRedirect): Promise<Response> => {
    refuseAborted(init.signal);
    const { credentials } = options;
    return await judged(() => options.fetch(url.href, { ...init, redirect, credentials, cache: 'no-store' }));
  };
  const response = await ask('manual');
  if (!isRedirect(response)) return await judged(() => readResponse(response));
  // Rule 6: where a redirect doesn't lead to JSON it leads to a login page, often on an origin that CORS hides from us.
  try {
    const landing = await ask('follow');
    return await judged(() => readResponse(landing));
  } catch (cause) {
    const { code } = cause as UpsolveTenantError;
    throw code === 'network' || code === 'invalid_response'
      ? new UpsolveTenantError('unauthenticated', { cause })
      : cause;
  }
}

/** What was given up while a function of the app was under way goes no further. */
function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new UpsolveTenantError('aborted');
}

/** Somebody else's code: what it throws becomes our error. */
async function judged<Result>(run: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (thrown) {
    throw parseThrown(thrown);
  }
}
