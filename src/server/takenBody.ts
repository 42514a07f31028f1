/** Where frameworks keep Node's request, and beside it what a body parser made of its body. */
interface Carrier {
  readonly readableEnded?: unknown;
  readonly body?: unknown;
  readonly incoming?: unknown;
  readonly raw?: unknown;
  readonly req?: unknown;
  readonly request?: unknown;
  readonly env?: unknown;
}

/** Hono's own request: it remembers what it has read once. */
interface RememberingRequest {
  json(): Promise<unknown>;
  parseBody(options: { all: true }): Promise<unknown>;
}

/**
 * Whether Node's stream has ended before the handler was called, as far as the context shows. A `Request` that was made of
 * it before may still hold the body; no more will come.
 */
export function hasStreamEnded(context: unknown): boolean {
  return listCarriers(context).some(({ readableEnded }) => readableEnded === true);
}

/** What a body parser left of a body in the framework's context: Express's `req.body`, Fastify's, Koa's; Hono's memory. */
export async function findParsedBody(context: unknown, isForm: boolean): Promise<unknown> {
  const carriers = listCarriers(context);
  const parsed = carriers.map(({ body }) => body).find(isParsed);
  if (parsed !== undefined) return parsed;
  const remembering = carriers.find<Carrier & RememberingRequest>(isRemembering);
  if (!remembering) return undefined;
  // It remembers nothing of what was read past it.
  const read = isForm ? remembering.parseBody({ all: true }) : remembering.json();
  return read.catch(() => undefined);
}

/** The context itself, and what it carries: `{ incoming }` of Hono's adapter, Hono's `c`, Fastify's request, Koa's `ctx`. */
function listCarriers(context: unknown): readonly Carrier[] {
  if (!isObject(context)) return [];
  const { incoming, raw, req, request, env } = context;
  const inside = isObject(env) ? env.incoming : undefined;
  // Koa's own `ctx.body` is the answer's, so what is inside comes first.
  return [request, req, raw, incoming, inside, context].filter(isObject);
}

function isObject(value: unknown): value is Carrier {
  return typeof value === 'object' && value !== null;
}

/** Not the stream of a platform's request, nor a method of that name. */
function isParsed(body: unknown): boolean {
  if (typeof body === 'string') return true;
  return typeof body === 'object' && body !== null && !('getReader' in body);
}

function isRemembering(carrier: Carrier): carrier is Carrier & RememberingRequest {
  const { json, parseBody } = carrier as Partial<RememberingRequest>;
  return typeof json === 'function' && typeof parseBody === 'function';
}
