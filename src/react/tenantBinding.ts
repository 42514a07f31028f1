import { type Clock, systemClock } from '../core/clock';
import { createEngine, type TenantEngine } from '../core/engine';
import { type IdentityOptions, sessionName } from '../core/identity';
import type { EngineOptions } from '../core/options';
import type { TenantTarget } from '../core/tenancyContract';
import { openSignOutChannel, type SignOutChannel } from './signOutChannel';
import { createTenantQuery } from './tenantQuery';
import { listenToPage } from './wake';

export type BindingOptions = EngineOptions & IdentityOptions;

/** One engine bound to one page: its events, its other tabs and the query that carries its fetches. */
export interface TenantBinding {
  readonly engine: TenantEngine;
  /** Taken once; every other option is read anew. */
  readonly clock: Clock;
  /** The newest options, read at the next request. They never cause one. */
  setOptions(options: BindingOptions): void;
  /** Runs for a tenant until the returned function is called. */
  run(target: TenantTarget | null): () => void;
}

export function createTenantBinding(first: BindingOptions): TenantBinding {
  const clock = first.clock ?? systemClock;
  let options = first;
  let channel: SignOutChannel | undefined;
  const engine = createEngine({
    clock,
    readOptions: () => options,
    carrier: createTenantQuery(),
    onClear: () => channel?.announce(sessionName(options)),
  });

  return {
    engine,
    clock,
    setOptions(next) {
      options = next;
    },
    run(target) {
      const mine = openSignOutChannel((name) => {
        if (name === sessionName(options)) engine.clearFromOtherTab();
      });
      channel = mine;
      const stopListening = listenToPage(engine);
      engine.start(target);
      return () => {
        stopListening();
        mine.close();
        engine.stop();
      };
    },
  };
}
