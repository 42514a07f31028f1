import type { ModelRun } from './modelRun';
import type { Command, TargetName } from './scenario';

/** After a stop a wake asks when this has passed, and is remembered until then. */
const STOP_WAKE_MS = 30_000;
/** The longest that a caller of refresh() waits for its turn. */
const TURN_MS = 60_000;

/** Plays one command of those that let no time pass by themselves. */
export async function perform(run: ModelRun, command: Command): Promise<void> {
  const { world, oracle, server } = run;
  const { user } = oracle;
  const page = run.page!;
  switch (command.do) {
    case 'pass':
      return;
    case 'sleep':
      world.sleep(command.ms, command.isSeen);
      return passUnnoticed(run);
    case 'freeze':
      world.sleep(command.ms, true);
      oracle.disturb();
      return wake(run, page.wake);
    case 'back/forward cache':
      return passInCache(run, command);
    case 'set clock':
      world.setClock(command.ms);
      return passUnnoticed(run);
    case 'server':
      server.mode = command.mode;
      return;
    case 'permissions':
      server.permissionMode = command.mode;
      return;
    case 'session':
      user.session = command.headers;
      oracle.disturb();
      return;
    case 'switch':
      return switchTo(run, command.to, command.isTransition);
    case 'refresh':
      for (let count = 0; count < command.times; count += 1) refresh(run);
      return;
    case 'throttle':
      user.isThrottled = command.isOn;
      world.throttle(command.isOn && !user.isVisible);
      return;
    case 'hide':
      user.isVisible = false;
      world.throttle(user.isThrottled);
      page.setVisible(false);
      return;
    case 'show':
      user.isVisible = true;
      world.throttle(false);
      run.unnoticedSinceMs = Number.NEGATIVE_INFINITY;
      return wake(run, () => page.setVisible(true));
    case 'wake':
      return wake(run, page.wake);
    case 'clear':
      return clear(run);
    case 'cleared elsewhere':
      return clearElsewhere(run);
    case 'leave':
      return leave(run);
    case 'arrive':
      return arrive(run);
    case 'remount':
      if (!user.isMounted) return;
      await leave(run);
      await world.pass(command.afterMs, run.judge);
      return arrive(run);
    case 'reload':
      return reload(run);
  }
}

export function refresh(run: ModelRun): void {
  const { oracle, world, page } = run;
  const { user } = oracle;
  if (!page) return;
  allowAsking(run);
  const pending = { sinceMs: world.awakeMs() };
  const { generation } = oracle.getSubject();
  const settle = (): void => void (run.refreshes.delete(pending), (user.pendingRefreshes -= 1));
  run.refreshes.add(pending);
  user.pendingRefreshes += 1;
  page.refresh().then((tenant) => {
    settle();
    run.attempt(() => oracle.judgeResolved(tenant, generation));
  }, settle);
}

export function retry(run: ModelRun): void {
  const { user } = run.oracle;
  allowAsking(run);
  user.pendingRefreshes += 1;
  const settle = (): void => void (user.pendingRefreshes -= 1);
  // A page that is throttled looks at its turn a minute later.
  run.world.later(TURN_MS, () => (user.isThrottled && !user.isVisible ? run.world.later(TURN_MS, settle) : settle()));
  run.page?.retry();
}

export function clear(run: ModelRun): void {
  const { oracle, page } = run;
  if (!page || !oracle.user.isMounted) return;
  oracle.user.isCleared = true;
  forget(run);
  oracle.beginIdentity();
  page.clear();
  run.judge();
}

export function switchTo(run: ModelRun, to: TargetName, isTransition: boolean): void | Promise<void> {
  const { oracle, page } = run;
  const { user } = oracle;
  if (!page || to === user.tenant) return;
  if (!user.isMounted && to === run.leftWith) return;
  user.tenant = to;
  user.isCleared = false;
  forget(run);
  oracle.beginIdentity();
  user.isSwitchUnrendered = run.isInside && page.kind === 'tree';
  const switched = page.switchTo(to, isTransition);
  run.judge();
  return switched;
}

function allowAsking({ oracle }: ModelRun): void {
  const { user } = oracle;
  if (!user.isMounted || user.isFrozen || user.tenant === null) return;
  user.isCleared = false;
  user.isClearedElsewhere = false;
  oracle.allow();
}

function forget(run: ModelRun): void {
  run.oracle.forget();
  run.oracle.user.isClearedElsewhere = false;
  run.stoppedSinceMs = null;
}

function passUnnoticed(run: ModelRun): void {
  run.oracle.disturb();
  run.unnoticedSinceMs = run.world.awakeMs();
}

function wake(run: ModelRun, notice: () => void): void {
  const { oracle, page } = run;
  const { isMounted, isFrozen, isClearedElsewhere, pendingRefreshes } = oracle.user;
  if (!isClearedElsewhere) oracle.allow();
  const before = page?.getSnapshot().progress.nextAttemptAt;
  run.unnoticedSinceMs = Number.NEGATIVE_INFINITY;
  notice();
  run.judge();
  if (!page || !isMounted || isFrozen || pendingRefreshes > 0 || run.stoppedSinceMs === null) return;
  const { isRefreshing, nextAttemptAt } = page.getSnapshot().progress;
  const isAsked = isRefreshing || nextAttemptAt !== null;
  if (isClearedElsewhere && isAsked) throw new Error('late: a wake asks after another tab has cleared');
  if (isClearedElsewhere) return;
  if (!isAsked) throw new Error('stuck: a wake asks nothing after a stop');
  const waitMs = (nextAttemptAt?.getTime() ?? 0) - run.world.clock.now();
  // Of one remembered earlier the clock may have been set since.
  if (!before && waitMs > STOP_WAKE_MS) throw new Error(`stuck: a wake asks ${waitMs} ms later`);
}

async function passInCache(run: ModelRun, { ms, isSeen }: { ms: number; isSeen: boolean }): Promise<void> {
  const { oracle, world, server, page } = run;
  const { user } = oracle;
  if (!user.isMounted || !page) return;
  const outcome = server.getOutcome(oracle.getSubject().generation);
  const { isClearedElsewhere } = user;
  forget(run);
  user.isClearedElsewhere = isClearedElsewhere;
  if (outcome) server.setOutcome(oracle.getSubject().generation, outcome);
  user.isFrozen = true;
  page.enterCache();
  noteDropped(oracle, page);
  run.judge();
  await world.settle();
  world.sleep(ms, isSeen);
  user.isFrozen = false;
  wake(run, page.leaveCache);
}

function clearElsewhere(run: ModelRun): void {
  const { oracle, server, page } = run;
  const { user } = oracle;
  if (!page || !user.isMounted || page.getSnapshot().state.status === 'idle') return;
  forget(run);
  user.isClearedElsewhere = true;
  server.setOutcome(oracle.getSubject().generation, 'drop and stop');
  page.clearElsewhere();
  run.judge();
}

async function leave(run: ModelRun): Promise<void> {
  const { oracle, world, page } = run;
  if (!page?.canRest || !oracle.user.isMounted) return;
  run.leftWith = oracle.user.tenant;
  page.stop();
  // The macrotask by which a stop is put off would take a throttled page a minute.
  world.throttle(false);
  await world.settle();
  oracle.user.isMounted = false;
  noteDropped(oracle, page);
}

/** Who waited its turn was told `aborted`: after `clear()` nothing is asked again by itself. */
function noteDropped({ user }: ModelRun['oracle'], page: ModelRun['page']): void {
  if (user.tenant !== null && page?.getSnapshot().state.status === 'idle') user.isCleared = true;
}

function arrive(run: ModelRun): void {
  const { oracle, page } = run;
  if (oracle.user.isMounted) return;
  const { user } = oracle;
  user.isMounted = true;
  run.world.throttle(user.isThrottled && !user.isVisible);
  oracle.disturb();
  if (!user.isClearedElsewhere) oracle.allow();
  page?.start();
  run.judge();
}

async function reload(run: ModelRun): Promise<void> {
  const { oracle, server, world, page } = run;
  page?.destroy();
  world.throttle(false);
  await world.settle();
  oracle.user.isMounted = false;
  if (world.timerCount() > 0 && page?.kind === 'engine') throw new Error('left: a timer runs after the end');
  oracle.user.isCleared = false;
  server.ledger.forget();
  forget(run);
  oracle.beginPage();
  const { user } = oracle;
  user.isMounted = true;
  world.throttle(user.isThrottled && !user.isVisible);
  await run.begin(false);
}
