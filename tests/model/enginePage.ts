import { createEngine } from '../../src/core/engine';
import type { TenantTarget } from '../../src/core/options';
import type { FetchCarrier } from '../../src/core/response';
import type { TenantSnapshot } from '../../src/core/snapshot';
import { createTenantQuery } from '../../src/react/tenantQuery';
import { echoOf } from './answers';
import type { ModelPage } from './modelPage';
import type { PageParts } from './modelRun';
import type { TargetName } from './scenario';

const PLAIN: FetchCarrier = (_identity, fetch) => fetch();

/** The engine without a page: what was told to its subscribers stands for what is on screen. */
export function createEnginePage({ scenario, clock, first, options, onChange }: PageParts): ModelPage {
  const engine = createEngine({
    clock,
    readOptions: () => options,
    carry: scenario.carrier === 'plain' ? PLAIN : createTenantQuery(),
    onFailure: () => undefined,
    onClear: () => undefined,
  });
  let target = first;
  let isRunning = true;
  let published: TenantSnapshot = engine.getSnapshot();
  engine.subscribe(() => {
    published = engine.getSnapshot();
    // A tree that is gone has unsubscribed.
    if (isRunning) onChange();
  });
  engine.setVisible(true);
  engine.start(resolve(first));

  return {
    kind: 'engine',
    canRest: true,
    switchTo(next) {
      target = next;
      if (isRunning) engine.start(resolve(next));
    },
    setVisible: engine.setVisible,
    wake: engine.wake,
    enterCache: engine.freeze,
    leaveCache: engine.wake,
    stop() {
      isRunning = false;
      engine.stop();
    },
    start() {
      isRunning = true;
      engine.start(resolve(target));
    },
    destroy() {
      isRunning = false;
      engine.stop();
    },
    refresh: engine.refresh,
    retry: engine.retry,
    clear: engine.clear,
    clearElsewhere: engine.clearElsewhere,
    getSnapshot: engine.getSnapshot,
    getPublished: () => published,
    getShown: () => (published.state.tenant ? [published.state.tenant] : []),
  };
}

function resolve(name: TargetName): TenantTarget | null {
  if (name === null) return null;
  const tenantId = name === 'solo' ? undefined : echoOf(name);
  return { identity: `identity of ${name}`, session: `session of ${name}`, tenantId };
}
