import type { EngineOptions } from '../../src/core/engine';
import type { TenantRequestContext } from '../../src/core/options';
import { clear, refresh, retry, switchTo } from './commands';
import type { ModelRun } from './modelRun';
import type { AppConfig } from './scenario';

/** The app around a page: its session, and what it does in its callbacks. */
export interface ModelApp {
  readonly createOptions: (hasInitialTenant: boolean) => EngineOptions;
  readonly act: (on: AppConfig['on']) => void;
}

/** An app that signs out or switches in a callback does so at most this often, or nothing else would ever happen. */
const GAP_MS = 30_000;
/** Longer than any deadline. */
const HUNG_MS = 100_000;

export function createModelApp(run: ModelRun): ModelApp {
  const { world, server, oracle } = run;
  const { app, server: config } = run.scenario;
  let actedAtMs = Number.NEGATIVE_INFINITY;

  function act(on: AppConfig['on']): void {
    const wasInside = run.isInside;
    run.isInside = true;
    try {
      run.judge();
      answer(on);
    } finally {
      run.isInside = wasInside;
    }
  }

  function answer(on: AppConfig['on']): void {
    if (app.on !== on || !run.page) return;
    // React subscribes, and never throws there.
    if (app.does === 'throw' && on === 'change') return;
    if (app.does === 'throw') throw new Error('thrown by the app');
    if (app.does === 'refresh') return refresh(run);
    if (app.does === 'retry') return retry(run);
    if (world.awakeMs() - actedAtMs < GAP_MS) return;
    actedAtMs = world.awakeMs();
    if (app.does === 'clear') clear(run);
    else void switchTo(run, oracle.user.tenant === 'a' ? 'b' : 'a', false);
  }

  async function giveHeaders({ request, signal }: TenantRequestContext): Promise<Record<string, string> | null> {
    const { generation } = oracle.getSubject();
    const { headersMs } = app;
    run.openHeaders += 1;
    if (headersMs) await new Promise<void>((resolve) => world.later(headersMs, resolve));
    if (oracle.user.session === 'hung') await new Promise<void>((resolve) => world.later(HUNG_MS, resolve));
    run.openHeaders -= 1;
    if (oracle.user.session === 'there') return { 'x-session': 'there' };
    if (request === 'tenant' && !signal.aborted) server.setOutcome(generation, 'drop and stop');
    return null;
  }

  const own = ({ tenantId, signal }: TenantRequestContext): Promise<Response> =>
    server.fetch('https://app.test/own', { body: JSON.stringify({ tenantId }), signal });

  return {
    act,
    createOptions: (hasInitialTenant) => ({
      ...(app.asks === 'function'
        ? { endpoint: own }
        : { endpoint: 'https://app.test/register', refreshEndpoint: 'https://app.test/refresh' }),
      ...(config.permissions === 'endpoint' && { permissionsEndpoint: 'https://app.test/permissions' }),
      ...(app.headersMs !== null && { headers: giveHeaders }),
      ...(hasInitialTenant && { initialTenant: server.createInitialTenant() }),
      fetch: server.fetch,
      refreshLeadMs: app.refreshLeadMs,
      clock: world.clock,
      onEvent(event) {
        // An attempt without a session sends nothing, and may be over before anybody looks again.
        if (event.type === 'request' && event.request === 'tenant') {
          run.stoppedSinceMs = null;
          run.attempt(oracle.judgeAttempt);
        }
        const isOutcome = (event.type === 'success' || event.type === 'failure') && event.request === 'tenant';
        if (isOutcome) act('outcome');
        act('event');
      },
      onError: () => act('error'),
      onPermissionsChange: () => act('permissions'),
      onUnauthenticated: () => act('unauthenticated'),
    }),
  };
}
