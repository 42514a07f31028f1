import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { setTimeout as delay } from 'node:timers/promises';
import type { DemoSession, FaultKind } from '../contract.ts';
import { cutConnection } from './connections.ts';

const SLOW_MS = 3_000;
/** Shorter than the page waits for an answer: who leaves a scene half way sees it end, and no error. */
const LONGEST_HOLD_MS = 20_000;
const LOOK_AGAIN_MS = 50;
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
    const session = find(c);
    if (!session) return next();
    await waitForRelease(session);
    if (session.faults.isSlow) await delay(SLOW_MS);
    const { faults } = session;
    if (!faults.isFailing && faults.failNext === 0) return next();
    // Counted only where every request doesn't fail anyway.
    const isCounted = !faults.isFailing;
    if (faults.kind === 'network') {
      if (cutConnection(c) && isCounted) faults.failNext -= 1;
      return RESPONSE_ALREADY_SENT;
    }
    if (isCounted) faults.failNext -= 1;
    const [status, error, retryAfter] = ANSWERS[faults.kind];
    // Under lasting failure the engine's own backoff is what is worth seeing.
    if (retryAfter && !faults.isFailing) c.header('Retry-After', retryAfter);
    return c.json({ error }, status);
  };
}

async function waitForRelease(session: DemoSession): Promise<void> {
  const until = performance.now() + LONGEST_HOLD_MS;
  while (session.faults.isHeld) {
    if (performance.now() > until) session.faults.isHeld = false;
    else await delay(LOOK_AGAIN_MS);
  }
}
