import { createEngine, type EngineOptions, type TenantEngine } from '../core/engine';
import type { UpsolveTenantError } from '../core/errors';
import { guarded } from '../core/events';
import { sessionName, type TenantTarget } from '../core/options';
import { type Clock, systemClock } from '../core/schedule';
import { createDevelopment, type Development } from './development';
import { getPageHub, type PageMember } from './pageHub';
import { createTenantQuery } from './tenantQuery';

export interface BindingOptions extends EngineOptions {
  clock?: Clock | undefined;
}

/** One engine bound to its page: the page's events, the app's other tabs, and the query that carries its fetches. */
export interface TenantBinding {
  readonly engine: TenantEngine;
  /** The newest options, read at the next request. They never cause one. */
  readonly setOptions: (options: BindingOptions) => void;
  /** Runs for a tenant until the returned function is called. */
  readonly run: (target: TenantTarget | null) => () => void;
  /** A guard can't show anything: told once. */
  readonly reportGuard: (error: UpsolveTenantError) => void;
  readonly development: Development | undefined;
}

export function createTenantBinding(first: BindingOptions): TenantBinding {
  let options = first;
  let isGuardReported = false;
  const engine = createEngine({
    clock: first.clock ?? systemClock,
    readOptions: () => options,
    carry: createTenantQuery(),
    onFailure: (error, exchange) => development?.explain(error, exchange),
    onClear: () => getPageHub().announceClear(member),
  });
  const development = createDevelopment?.(() => options);
  development?.watch(engine);
  const member: PageMember = { engine, getSessionName: () => sessionName(options) };
  return {
    engine,
    setOptions(next) {
      options = next;
    },
    run(target) {
      development?.noteTarget(engine, target);
      getPageHub().join(member);
      engine.start(target);
      return () => {
        engine.stop();
        getPageHub().leave(member);
      };
    },
    development,
    reportGuard(error) {
      if (isGuardReported) return;
      isGuardReported = true;
      const { onError } = options;
      guarded(() => onError?.(error, { status: engine.getSnapshot().state.status }));
      development?.explain(error);
    },
  };
}
