import { isUpsolveTenantError, UpsolveTenantError } from '../core/errors';
import { withDeadline } from '../core/request';

/** Whatever an app adds to `{tenantId}`, it is no more than this. */
const BODY_LIMIT = 64 * 1_024;
/** A body that was taken by another body parser never comes; nor does that of a client that stalls. */
const BODY_TIMEOUT_MS = 10_000;

/**
 * The body's bytes, read from a copy so that `identify` can read it too.
 *
 * @throws UpsolveTenantError with status 413 over 64 kB, 408 where it does not come.
 */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT) throw tooLarge();
  if (request.bodyUsed) return new Uint8Array();
  const { body } = request.clone();
  if (!body) return new Uint8Array();
  const reader = body.getReader();
  try {
    return await withDeadline(BODY_TIMEOUT_MS, new AbortController().signal, () => readAll(reader));
  } catch (thrown) {
    // Not awaited: a copy's cancel settles only once the original is given up too.
    reader.cancel().catch(() => undefined);
    if (isUpsolveTenantError(thrown)) throw thrown;
    throw new Error('The body could not be read: mount the handler before any body parser.', { cause: thrown });
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > BODY_LIMIT) throw tooLarge();
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
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
