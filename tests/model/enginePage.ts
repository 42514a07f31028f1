import { createEngine } from '../../src/core/engine';
import type { TenantSnapshot } from '../../src/core/snapshot';
import type { FetchCarrier, TenantTarget } from '../../src/core/tenancyContract';
import { createTenantQuery } from '../../src/react/tenantQuery';
import { echoOf } from './answers';
import type { ModelPage } from './modelPage';
import type { PageParts } from './modelRun';
import type { TargetName } from './scenario';

const PLAIN: FetchCarrier = { carry: (_identity, fetch) => fetch(), drop: () => undefined };

/** The engine without a page: what was told to its subscribers stands for what is on screen. */
export function createEnginePage({ scenario, clock, first, options, onChange, onOutcome }: PageParts): ModelPage {
  const engine = createEngine({
    clock,
    readOptions: () => options,
    carrier: scenario.carrier === 'plain' ? PLAIN : createTenantQuery(),
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
  engine.subscribeToOutcomes(onOutcome);
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
    clearElsewhere: engine.clearFromOtherTab,
    getSnapshot: engine.getSnapshot,
    getPublished: () => published,
    getShown: () => (published.tenant ? [published.tenant] : []),
  };
}

function resolve(name: TargetName): TenantTarget | null {
  if (name === null) return null;
  return { identity: `identity of ${name}`, ...(name !== 'solo' && { tenantId: echoOf(name) }) };
}
