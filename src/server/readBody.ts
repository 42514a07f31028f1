import { withDeadline } from '../core/request';
import { isUpsolveTenantError, UpsolveTenantError } from '../core/errors';

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
