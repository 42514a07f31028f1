import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { setTimeout as delay } from 'node:timers/promises';
import type { DemoSession, FaultKind } from '../contract.ts';

const SLOW_MS = 3_000;
/** Long enough for the notice to be read before the retry puts things right. */
const RETRY_AFTER_S = '4';

const ANSWERS: Record<Exclude<FaultKind, 'network'>, [ContentfulStatusCode, error: string, retryAfter?: string]> = {
  server: [503, 'Service unavailable', RETRY_AFTER_S],
  rate_limited: [429, 'Too many requests', RETRY_AFTER_S],
  unauthenticated: [401, 'Not signed in'],
  forbidden: [403, 'Forbidden'],
  invalid_api_key: [401, 'Invalid API key'],
};

/** Stands between the page and the backend, and spoils requests for a token as the page's buttons say. */
export function injectFaults(find: (c: Context) => DemoSession | null): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (c, next) => {
    const faults = find(c)?.faults;
    if (!faults) return next();
    if (faults.isSlow) await delay(SLOW_MS);
    if (!faults.isFailing && faults.failNext === 0) return next();
    // Counted only where every request doesn't fail anyway.
    if (!faults.isFailing) faults.failNext -= 1;
    if (faults.kind === 'network') {
      c.env.incoming.socket.destroy();
      return c.body(null);
    }
    const [status, error, retryAfter] = ANSWERS[faults.kind];
    // Under lasting failure the engine's own backoff is what is worth seeing.
    if (retryAfter && !faults.isFailing) c.header('Retry-After', retryAfter);
    return c.json({ error }, status);
  };
}
