/** What a fake answer consists of. */
export interface FakeResponseParts {
  status: number;
  headers?: Readonly<Record<string, string>> | undefined;
  /** The body's text. @default '' */
  text?: string | undefined;
}

/**
 * A Response that is read within microtasks. The platform's own reads its body through `queueMicrotask`, which fake
 * timers may hold for ever, and jest's jsdom has none at all; so only its prototype is borrowed, where there is one.
 */
export function createFakeResponse(parts: FakeResponseParts): Response {
  const { status, headers = {}, text = '' } = parts;
  const own = {
    status,
    ok: status >= 200 && status < 300,
    statusText: '',
    headers: new Headers(headers),
    type: 'basic',
    url: '',
    redirected: false,
    body: null,
    bodyUsed: false,
    text: () => Promise.resolve(text),
    json: () => Promise.resolve(text).then((json) => JSON.parse(json) as unknown),
    clone: () => createFakeResponse(parts),
  };
  const prototype = (globalThis as { Response?: typeof Response }).Response?.prototype ?? Object.prototype;
  return Object.create(prototype, Object.getOwnPropertyDescriptors(own)) as Response;
}
