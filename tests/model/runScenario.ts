import { createModelApp, type ModelApp } from './modelApp';
import { perform } from './commands';
import type { CreatePage, ModelRun } from './modelRun';
import { createModelServer } from './modelServer';
import { createOracle, type ModelStats } from './oracle';
import type { Scenario } from './scenario';
import { createWorld, type World } from './world';

export interface RunParts {
  readonly createPage: CreatePage;
  readonly stats: ModelStats;
  /** Wraps what runs by itself. */
  readonly around?: ((work: () => Promise<void>) => Promise<void>) | undefined;
}

/** The longest that refresh() may take: its turn, two rounds with their deadlines, and the first permissions. */
const REFRESH_MS = 90_000;
/** After the end so much time passes, and nothing may happen in it. */
const AFTERMATH_MS = 90_000;

/** Plays one scenario and judges it at every second. Throws what is wrong. */
export async function runScenario(scenario: Scenario, parts: RunParts): Promise<void> {
  const world = createWorld({ ...scenario, around: parts.around });
  const reportError = Object.getOwnPropertyDescriptor(globalThis, 'reportError');
  // What the app throws in a callback is reported there, and nowhere else.
  Object.defineProperty(globalThis, 'reportError', { configurable: true, writable: true, value: () => undefined });
  parts.stats.runs += 1;
  try {
    await play(scenario, world, parts);
  } finally {
    world.uninstall();
    if (reportError) Object.defineProperty(globalThis, 'reportError', reportError);
    else Reflect.deleteProperty(globalThis, 'reportError');
  }
}

async function play(scenario: Scenario, world: World, { createPage, stats }: RunParts): Promise<void> {
  const faults: unknown[] = [];
  const attempt = (judgement: () => void): void => {
    try {
      judgement();
    } catch (fault) {
      faults.push(fault);
    }
  };
  const oracle = createOracle(scenario, world, () => server, stats);
  const { user } = oracle;
  const server = createModelServer(scenario, world, oracle.getSubject, (request) => {
    run.stoppedSinceMs = null;
    attempt(() => oracle.judgeRequest(request));
  });
  const run: ModelRun = {
    scenario,
    world,
    oracle,
    server,
    page: undefined,
    openHeaders: 0,
    isInside: false,
    leftWith: undefined,
    unnoticedSinceMs: Number.NEGATIVE_INFINITY,
    stoppedSinceMs: null,
    refreshes: new Set(),
    attempt,
    async begin(hasInitialTenant) {
      const { clock } = world;
      run.page = undefined;
      run.page = await createPage({
        scenario,
        clock,
        first: user.tenant,
        options: app.createOptions(hasInitialTenant),
        onChange: () => app.act('change'),
        onRender: (wanted, token) => attempt(() => oracle.judgeRender(wanted, token)),
      });
    },
    judge: () => attempt(judge),
  };
  const app: ModelApp = createModelApp(run);

  const isFresh = (): boolean => user.isVisible && world.awakeMs() - run.unnoticedSinceMs >= 1_000;

  function judge(): void {
    if (!run.page || !user.isMounted) return;
    // What is on screen follows only when a callback returns.
    if (run.isInside)
      return run.page.kind === 'engine' ? oracle.judgeSnapshot(run.page.getSnapshot(), true) : undefined;
    user.isSwitchUnrendered = false;
    for (const { token, permissions } of run.page.getShown()) oracle.judgeShown(token, permissions, isFresh());
    if (scenario.isRead) oracle.judgeSnapshot(run.page.getSnapshot(), true);
    else oracle.judgeSnapshot(run.page.getPublished(), isFresh());
  }

  function judgeSecond(): void {
    const { page } = run;
    if (!page) return;
    judge();
    const isAtRest = server.openCount() === 0 && run.openHeaders === 0;
    const mostTimers = user.isMounted ? (isAtRest ? 1 : 4) : 0;
    if (page.kind === 'engine' && scenario.carrier === 'plain' && world.timerCount() > mostTimers) {
      throw new Error(
        `left: ${world.timerCount()} timers, ${isAtRest ? 'at rest' : 'with a request'}, ${JSON.stringify(user)}`,
      );
    }
    if (!user.isMounted) return;
    const snapshot = scenario.isRead ? page.getSnapshot() : page.getPublished();
    oracle.judgeRest(snapshot, isAtRest);
    run.stoppedSinceMs = oracle.isStopped(snapshot) ? (run.stoppedSinceMs ?? world.awakeMs()) : null;
    for (const { sinceMs } of run.refreshes) {
      if (world.awakeMs() - sinceMs > REFRESH_MS && !user.isThrottled)
        throw new Error('stuck: refresh() does not settle');
    }
  }

  const check = (): void => {
    attempt(judgeSecond);
    if (faults.length > 0) throw faults[0];
  };

  await run.begin(scenario.app.hasInitialTenant);
  await world.settle();
  check();
  for (const command of scenario.commands) {
    await perform(run, command);
    run.judge();
    await world.settle();
    await world.pass(command.do === 'pass' ? command.ms : 0, check);
    if (faults.length > 0) throw faults[0];
  }

  await perform(run, { do: 'leave' });
  await world.pass(AFTERMATH_MS, check);
  run.page?.destroy();
  // The macrotask by which a stop is put off would take a throttled page a minute.
  world.throttle(false);
  await world.settle();
  user.isMounted = false;
  if (run.refreshes.size > 0) throw new Error('left: refresh() never settles');
  await world.pass(AFTERMATH_MS, check);
}
