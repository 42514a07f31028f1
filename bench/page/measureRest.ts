import type { CDPSession } from 'playwright';
import { countFigure, type Figure } from './figure';
import type { Side, Site } from './openSite';

const PROVIDERS = 5;
/** Whatever belongs to the first request is over by then. */
const SETTLE_MS = 1_500;
const FEW = 1_000;
const MANY = 10_000;

/** What a provider keeps: timers while nothing happens, and memory after many refreshes. */
export async function measureRest(site: Site): Promise<Figure[]> {
  const timers = await countTimers(site, 'ours');
  const timersByHand = await countTimers(site, 'byHandContext');
  const heap = await measureHeap(site, 'ours');
  const heapByHand = await measureHeap(site, 'byHandContext');
  return [
    countFigure('timers per provider at rest', timers, timersByHand, 1),
    { what: `heap after ${FEW} → ${MANY} refreshes`, ours: heap, compare: heapByHand, budget: 'flat' },
  ];
}

async function countTimers(site: Site, side: Side): Promise<number> {
  const page = await site.visit({ side, providers: PROVIDERS });
  await page.waitForTimeout(SETTLE_MS);
  const alive = await page.evaluate(() => window.bench.timers.countAlive());
  await page.close();
  return alive / PROVIDERS;
}

async function measureHeap(site: Site, side: Side): Promise<string> {
  const page = await site.visit({ side, isInstant: true });
  const session = await page.context().newCDPSession(page);
  await page.evaluate((times) => window.bench.refreshMany(times), FEW);
  const few = await readHeap(session);
  await page.evaluate((times) => window.bench.refreshMany(times), MANY - FEW);
  const many = await readHeap(session);
  await page.close();
  return `${few} → ${many} kB`;
}

/** In kB, of what is still reachable. */
async function readHeap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 1_024);
}
