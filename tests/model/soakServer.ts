import { createFakeToken } from '../../src/testing/fakeToken';
import type { ServerMode } from './scenario';
import type { World } from './world';

/** A backend that remembers nothing, so that a heap measured beside it is the page's. */
export interface SoakServer {
  readonly fetch: typeof globalThis.fetch;
  mode: ServerMode;
  /** Requests that are neither answered nor given up. */
  readonly openCount: () => number;
}

const LATENCY_MS = 200;
const LIFETIME_MS = 3_600_000;

export function createSoakServer(world: World, onRequest: () => void): SoakServer {
  const open = new Set<AbortSignal>();

  function answer(url: string): { status: number; body: unknown } {
    switch (server.mode) {
      case 'ok':
      case 'slow': {
        const issuedAtMs = world.trueNow();
        if (url.endsWith('/permissions')) return { status: 200, body: { permissions: { addChart: true } } };
        const token = createFakeToken({ displayName: 'Acme', issuedAtMs, expiresAtMs: issuedAtMs + LIFETIME_MS });
        return { status: 200, body: { token, serverTime: issuedAtMs } };
      }
      case '401':
      case '404':
        return { status: Number(server.mode), body: { error: 'No' } };
      case 'dead':
        return {
          status: 200,
          body: { token: createFakeToken({ displayName: 'Acme', issuedAtMs: 0, expiresAtMs: 1 }) },
        };
      case 'html':
        return { status: 200, body: undefined };
      default:
        return { status: 503, body: {} };
    }
  }

  const ask = (url: string, init: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      onRequest();
      open.add(init.signal!);
      // It listens to no signal: whoever gave up is not told.
      if (server.mode === 'hung') return;
      world.later(server.mode === 'slow' ? 20 * LATENCY_MS : LATENCY_MS, () => {
        open.delete(init.signal!);
        if (server.mode === 'network') return reject(new TypeError('Failed to fetch'));
        const { status, body } = answer(url);
        const text = body === undefined ? '<!doctype html>' : JSON.stringify(body);
        const response = { status, type: 'basic', headers: new Headers(), text: () => Promise.resolve(text) };
        resolve(response as Response);
      });
    });

  const server: SoakServer = {
    // These failures were asked for: none is explained on the console.
    fetch: Object.assign(ask as typeof globalThis.fetch, { [Symbol.for('react-upsolve-tenant.silent')]: true }),
    mode: 'ok',
    openCount() {
      for (const signal of open) if (signal.aborted) open.delete(signal);
      return open.size;
    },
  };
  return server;
}
