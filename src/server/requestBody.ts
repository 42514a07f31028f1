import { isUpsolveTenantError, UpsolveTenantError } from '../core/errors';
import { withDeadline } from '../core/request';
import type { Deadline } from './deadline';
import { readBytes } from './readBytes';
import { findParsedBody, hasStreamEnded } from './takenBody';

/** Whatever an app adds to `{tenantId}`, it is no more than this. */
const BODY_LIMIT = 64 * 1_024;
/** How long a client may take to send it, which leaves Upsolve most of the page's own 10 s. */
const BODY_TIMEOUT_MS = 4_000;
/** What was read to its end before has come, or never will. */
const TAKEN_BODY_TIMEOUT_MS = 50;

const decoder = new TextDecoder();

const CURE =
  'Mount the handler before any body parser, or pass it what the parser left: handler(request, req). ' +
  'In identify, read request.clone().';

/** What reads a request's body, by the names that `identify` may call. */
const READERS = ['arrayBuffer', 'blob', 'body', 'bytes', 'formData', 'json', 'text'] as const;

/** Requests whose body nobody has reached for yet, with what is to be done before somebody does. */
const untouched = new WeakMap<Request, () => void>();
/** By its own prototype what a request has in its place meanwhile: getters of its own cost it a fast shape. */
const watchful = new WeakMap<object, object>();

/**
 * Lets `identify` read the body, and the handler after it. A copy that is made before costs several times what all the rest
 * of an answer does, so it is made only when the first of these names is reached for.
 *
 * @returns called once `identify` is through: the request that still has its body.
 */
export function shareBody(request: Request): () => Request {
  const prototype = Object.getPrototypeOf(request) as object;
  let copy: Request | undefined;
  const restore = (): void => {
    if (untouched.delete(request)) Reflect.setPrototypeOf(request, prototype);
  };
  const isOwn = READERS.some((name) => Object.hasOwn(request, name));
  if (!isOwn && Reflect.setPrototypeOf(request, watch(prototype))) {
    untouched.set(request, () => {
      restore();
      copy = request.clone();
    });
  } else if (!request.bodyUsed) copy = request.clone();
  return () => {
    restore();
    return copy ?? request;
  };
}

function watch(prototype: object): object {
  let watching = watchful.get(prototype);
  if (!watching) {
    const getters = READERS.map((name) => [name, { get: createGetter(prototype, name) }] as const);
    watching = Object.create(prototype, Object.fromEntries(getters)) as object;
    watchful.set(prototype, watching);
  }
  return watching;
}

function createGetter(prototype: object, name: (typeof READERS)[number]): (this: Request) => unknown {
  return function () {
    untouched.get(this)?.();
    return Reflect.get(prototype, name, this) as unknown;
  };
}

/** A body's bytes, or what a body parser made of them before. */
export type ReceivedBody = Uint8Array<ArrayBuffer> | { readonly parsed: unknown };

/** @throws UpsolveTenantError with status 413 for a body that is announced as larger than 64 kB. */
export function refuseLargeBody(request: Request): void {
  if (Number(request.headers.get('content-length')) > BODY_LIMIT) throw tooLarge();
}

/**
 * The body; of one that a body parser has taken, what the framework's context holds of it.
 *
 * @throws UpsolveTenantError with status 413 over 64 kB, 408 where it does not come, 500 where it was taken and is lost,
 * `aborted` where it broke off.
 */
export async function readBody(
  request: Request,
  context: unknown,
  deadline: Deadline,
  onFault: (thrown: unknown) => void,
): Promise<ReceivedBody> {
  const length = request.headers.get('content-length');
  if (length === '0' || (length === null && !request.body)) return new Uint8Array();
  const isTaken = hasStreamEnded(context);
  const bytes = request.bodyUsed ? undefined : await receive(request, length !== null, isTaken, deadline);
  // Some adapters make an empty body of a stream that has ended.
  const isAnnounced = length !== null || (isTaken && request.headers.has('transfer-encoding'));
  if (bytes && (bytes.length > 0 || !isAnnounced)) return bytes;
  const isOfForm = isForm(request.headers.get('content-type'));
  const parsed = await deadline.run(() => findParsedBody(context, isOfForm));
  if (parsed !== undefined) return { parsed };
  // Who mounted the handler hears of it too, not only whoever reads the page's console.
  const lost = new UpsolveTenantError('invalid_options', {
    status: 500,
    message: `The body of the request had been read before. ${CURE}`,
  });
  onFault(lost);
  throw lost;
}

function isForm(contentType: string | null): boolean {
  return /form/i.test(contentType ?? '');
}

/** Undefined where the stream breaks, as those of some adapters do for a body that was taken. */
async function receive(
  request: Request,
  hasLength: boolean,
  isTaken: boolean,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  // A server cuts a body off at its announced length; adapters have a short way for it, and none for a stream.
  const stream = hasLength ? null : request.body;
  const limitMs = isTaken ? TAKEN_BODY_TIMEOUT_MS : BODY_TIMEOUT_MS;
  try {
    if (!stream) {
      return refuseLarge(new Uint8Array(await deadline.run(() => request.arrayBuffer(), limitMs)));
    }
    const { signal } = new AbortController();
    const timeoutMs = Math.min(limitMs, deadline.remainingMs());
    return refuseLarge(await withDeadline(timeoutMs, signal, (given) => readBytes(stream, BODY_LIMIT, given)));
  } catch (thrown) {
    const isLate = isUpsolveTenantError(thrown) && thrown.code === 'timeout';
    if (isLate && isTaken) return new Uint8Array();
    if (isLate) throw new UpsolveTenantError('timeout', { status: 408, message: `The body did not come. ${CURE}` });
    if (isUpsolveTenantError(thrown)) throw thrown;
    if (isTaken || !request.signal.aborted) return undefined;
    // The client has gone, which is no fault of the backend; but some adapters say so of any body that was taken.
    throw new UpsolveTenantError('aborted', { message: `The body broke off. ${CURE}` });
  }
}

function refuseLarge(bytes: Uint8Array<ArrayBuffer> | undefined): Uint8Array<ArrayBuffer> {
  if (!bytes || bytes.length > BODY_LIMIT) throw tooLarge();
  return bytes;
}

function tooLarge(): UpsolveTenantError {
  return new UpsolveTenantError('invalid_options', {
    status: 413,
    message: `The body of the request is larger than ${BODY_LIMIT} bytes.`,
  });
}

/**
 * The tenant ids that a request's body names: it can choose nothing, but one that is not the session's own must not be
 * answered with another tenant's token. JSON and forms are read; other bodies name none.
 *
 * @throws UpsolveTenantError `invalid_options` for a body that claims to be JSON or a form and is not.
 */
export async function statedTenantIds(body: ReceivedBody, contentType: string | null): Promise<unknown[]> {
  if ('parsed' in body) return idsOfParsed(body.parsed, contentType);
  if (body.length === 0) return [];
  try {
    if (isForm(contentType)) return await idsOfForm(body, contentType);
    return idsOfJson(JSON.parse(decoder.decode(body)));
  } catch {
    // A body of the app's own making, as the provider's `body` may be, is the app's business.
    if (!isForm(contentType) && !/json/i.test(contentType ?? '')) return [];
    throw new UpsolveTenantError('invalid_options', { status: 400, message: 'The body of the request is unreadable.' });
  }
}

/** Some parsers keep the text or the bytes. Of a form's field that came twice they make a list. */
async function idsOfParsed(parsed: unknown, contentType: string | null): Promise<unknown[]> {
  if (typeof parsed === 'string') return statedTenantIds(new TextEncoder().encode(parsed), contentType);
  if (parsed instanceof Uint8Array) return statedTenantIds(new Uint8Array(parsed), contentType);
  return isForm(contentType) ? idsOfJson(parsed).flat() : idsOfJson(parsed);
}

async function idsOfForm(body: Uint8Array<ArrayBuffer>, contentType: string | null): Promise<unknown[]> {
  const form = await new Response(body, { headers: { 'content-type': contentType ?? '' } }).formData();
  return [...form.getAll('tenantId'), ...form.getAll('tenant_id')];
}

function idsOfJson(value: unknown): unknown[] {
  const { tenantId, tenant_id } = Object(value) as { tenantId?: unknown; tenant_id?: unknown };
  return [tenantId, tenant_id].filter((id) => id !== undefined && id !== null);
}
