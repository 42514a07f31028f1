import type { UpsolveTenantStatus } from '../../src/core/snapshot';
import { measureHeap } from './heap';
import type { Command } from './scenario';
import { DAY_MS, type Day } from './soakDays';
import { createSoakPage, type SoakPage } from './soakPage';
import { createSoakServer, type SoakServer } from './soakServer';
import { createWorld, type World } from './world';

/** What many days of use, or many refreshes, came to. */
export interface SoakResult {
  readonly requestsPerDay: readonly number[];
  readonly mostRequestsInAMinute: number;
  readonly mostTimersAtRest: number;
  readonly listenersFirst: number;
  readonly listenersLast: number;
  readonly timersLeft: number;
  /** Of the page, a minute after all of it. */
  readonly statusLast: UpsolveTenantStatus;
  readonly heapGrowthBytes: number;
}

interface Soak {
  readonly world: World;
  readonly server: SoakServer;
  readonly page: SoakPage;
  readonly meter: Meter;
}

interface Meter {
  requestsPerDay: number[];
  mostRequestsInAMinute: number;
  mostTimersAtRest: number;
  readonly noteSecond: () => void;
}

const MINUTE_MS = 60_000;

/** Plays the days on one page. The heap counts from the end of the first day. */
export async function soakDays(days: readonly Day[], seed: number): Promise<SoakResult> {
  return soak(seed, async (run, noteStart) => {
    for (const [index, day] of days.entries()) {
      for (const command of day) await perform(run, command);
      if (index === 0) await noteStart();
    }
    await perform(run, { do: 'show' });
  });
}

/** So many refreshes of one page, each asked for when the one before it is done. The heap counts from the first tenth. */
export async function soakRefreshes(count: number, seed: number): Promise<SoakResult> {
  return soak(seed, async ({ world, page, meter }, noteStart) => {
    for (let done = 0; done < count; done += 1) {
      if (done === Math.floor(count / 10)) await noteStart();
      let isOpen = true;
      page.engine.refresh().then(
        () => (isOpen = false),
        (error: unknown) => world.later(0, () => fail(error)),
      );
      await world.settle();
      while (isOpen) await world.pass(1_000, meter.noteSecond);
    }
  });
}

function fail(error: unknown): never {
  throw error;
}

async function soak(
  seed: number,
  play: (run: Soak, noteStart: () => Promise<void>) => Promise<void>,
): Promise<SoakResult> {
  const world = createWorld({ seed, wallOffsetMs: 0 });
  const meter = createMeter(world, () => server);
  const server: SoakServer = createSoakServer(world, meter.noteRequest);
  const page = createSoakPage(world, server);
  let heapFirst = 0;
  try {
    // The first token has come, and nothing is under way.
    await world.settle();
    await world.pass(MINUTE_MS, meter.noteSecond);
    const listenersFirst = page.listenerCount();
    await play({ world, server, page, meter }, async () => {
      heapFirst = await measureHeap();
    });
    await world.pass(MINUTE_MS, meter.noteSecond);
    const statusLast = page.engine.getSnapshot().state.status;
    const heapGrowthBytes = (await measureHeap()) - heapFirst;
    const listenersLast = page.listenerCount();
    page.destroy();
    await world.settle();
    const { requestsPerDay, mostRequestsInAMinute, mostTimersAtRest } = meter;
    return {
      requestsPerDay: Array.from(requestsPerDay, (count: number | undefined) => count ?? 0),
      mostRequestsInAMinute,
      mostTimersAtRest,
      listenersFirst,
      listenersLast,
      timersLeft: world.timerCount(),
      statusLast,
      heapGrowthBytes,
    };
  } finally {
    page.destroy();
    world.uninstall();
  }
}

function createMeter(world: World, getServer: () => SoakServer): Meter & { readonly noteRequest: () => void } {
  const recent: number[] = [];
  const startMs = world.trueNow();
  const meter = {
    requestsPerDay: [] as number[],
    mostRequestsInAMinute: 0,
    mostTimersAtRest: 0,
    noteRequest() {
      const now = world.trueNow();
      const day = Math.floor((now - startMs) / DAY_MS);
      meter.requestsPerDay[day] = (meter.requestsPerDay[day] ?? 0) + 1;
      recent.push(now);
      while (recent[0]! <= now - MINUTE_MS) recent.shift();
      meter.mostRequestsInAMinute = Math.max(meter.mostRequestsInAMinute, recent.length);
    },
    noteSecond() {
      if (getServer().openCount() === 0) meter.mostTimersAtRest = Math.max(meter.mostTimersAtRest, world.timerCount());
    },
  };
  return meter;
}

async function perform({ world, server, page, meter }: Soak, command: Command): Promise<void> {
  switch (command.do) {
    case 'pass':
      await world.pass(command.ms, meter.noteSecond);
      break;
    case 'sleep':
      world.sleep(command.ms, command.isSeen);
      break;
    case 'server':
      server.mode = command.mode;
      break;
    case 'switch':
      page.switchTo(command.to);
      break;
    case 'refresh':
      for (let count = 0; count < command.times; count += 1) page.engine.refresh().catch(() => undefined);
      break;
    case 'clear':
      page.engine.clear();
      break;
    case 'hide':
    case 'show':
      page.setVisible(command.do === 'show');
      break;
    case 'wake':
      page.focus();
      break;
    default:
      throw new Error(`not a part of an ordinary day: ${command.do}`);
  }
  await world.settle();
}
