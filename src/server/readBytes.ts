/** The bytes of a body, read until its end; undefined, and the rest given up, where they are more than the limit. */
export async function readBytes(
  body: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
  limit: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const source = 'getReader' in body ? readStream(body) : readIterable(body);
  // Whoever waits for the next bytes is let go, and the connection with it.
  const give = (): void => source.cancel();
  signal.addEventListener('abort', give);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let chunk = await source.next(); chunk; chunk = await source.next()) {
      size += chunk.byteLength;
      if (size > limit) {
        give();
        return undefined;
      }
      chunks.push(chunk);
    }
  } finally {
    signal.removeEventListener('abort', give);
  }
  return join(chunks, size);
}

interface ByteSource {
  /** The next bytes; undefined at the end. */
  next(): Promise<Uint8Array | undefined>;
  cancel(): void;
}

function readStream(body: ReadableStream<Uint8Array>): ByteSource {
  const reader = body.getReader();
  return {
    next: async () => (await reader.read()).value,
    // Not awaited by anybody: what was cloned settles only once the other copy is given up, too.
    cancel: () => void reader.cancel().catch(() => undefined),
  };
}

/** A body as older fetch libraries have it: a stream of Node. */
function readIterable(body: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>;
  return {
    next: async () => (await iterator.next()).value,
    cancel: () => void iterator.return?.().catch(() => undefined),
  };
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
