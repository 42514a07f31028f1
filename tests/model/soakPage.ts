import type { TenantEngine } from '../../src/core/engine';
import { createTenantBinding } from '../../src/react/tenantBinding';
import type { TargetName } from './scenario';
import type { SoakServer } from './soakServer';
import type { World } from './world';

/** An engine on a page: bound to its events, its other tabs and the query that carries its fetches, without React. */
export interface SoakPage {
  readonly engine: TenantEngine;
  readonly switchTo: (tenant: TargetName) => void;
  readonly setVisible: (isVisible: boolean) => void;
  readonly focus: () => void;
  /** Listeners that were added and not removed, on the page and on every signal. */
  readonly listenerCount: () => number;
  readonly destroy: () => void;
}

export function createSoakPage(world: World, server: SoakServer): SoakPage {
  const page = {
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
    window: new EventTarget(),
  };
  const listeners = countListeners((target) => target === page.document || target === page.window);
  const names = Object.keys(page) as (keyof typeof page)[];
  const original = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const name of names) Object.defineProperty(globalThis, name, { configurable: true, value: page[name] });

  const binding = createTenantBinding({
    endpoint: 'https://app.test/register',
    permissionsEndpoint: 'https://app.test/permissions',
    clock: world.clock,
    fetch: server.fetch,
  });
  const run = (tenant: TargetName): (() => void) =>
    binding.run(tenant === null ? null : { identity: `identity of ${tenant}`, session: 'session', tenantId: tenant });
  let stop = run('a');
  return {
    engine: binding.engine,
    switchTo(tenant) {
      // As an effect does it: the former is cleaned up, the next one runs.
      stop();
      stop = run(tenant);
    },
    setVisible(isVisible) {
      page.document.visibilityState = isVisible ? 'visible' : 'hidden';
      page.document.dispatchEvent(new Event('visibilitychange'));
    },
    focus: () => void page.window.dispatchEvent(new Event('focus')),
    listenerCount: listeners.count,
    destroy() {
      stop();
      stop = () => undefined;
      listeners.uninstall();
      for (const [name, descriptor] of original) {
        if (descriptor) Object.defineProperty(globalThis, name, descriptor);
        else Reflect.deleteProperty(globalThis, name);
      }
    },
  };
}

function countListeners(isPage: (target: EventTarget) => boolean): { count: () => number; uninstall: () => void } {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  let count = 0;
  // What Node itself does with the ports of its channels is nobody's business here.
  const isCounted = (target: EventTarget): boolean => target instanceof AbortSignal || isPage(target);
  EventTarget.prototype.addEventListener = function (...given) {
    if (isCounted(this)) count += 1;
    addEventListener.apply(this, given);
  };
  EventTarget.prototype.removeEventListener = function (...given) {
    if (isCounted(this)) count -= 1;
    removeEventListener.apply(this, given);
  };
  return {
    count: () => count,
    uninstall: () => Object.assign(EventTarget.prototype, { addEventListener, removeEventListener }),
  };
}
