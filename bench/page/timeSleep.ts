import type { Figure } from './figure';
import type { Side, Site } from './openSite';

const SLEEP_MS = 2 * 60 * 60_000;
const WATCH_MS = 10_000;
/** The pauses before the sleeps: they meet the tick at different moments. */
const PAUSES_MS = [100, 300, 500, 700, 900];

/** For how long an ended token stays on screen when the lid opens again and no event tells of it. */
export async function timeSleep(site: Site): Promise<Figure[]> {
  const ours: Slept[] = [];
  for (const pauseMs of PAUSES_MS) ours.push(await sleep(site, 'ours', pauseMs));
  const byHand = await sleep(site, 'byHandEach', 100);
  const longest = ours.reduce((most, one) => ((one.goneMs ?? Infinity) > (most.goneMs ?? Infinity) ? one : most));
  return [
    {
      what: `ended token on screen after a sleep of 2 h, the longest of ${ours.length}`,
      ours: tell(longest),
      compare: tell(byHand),
      budget: '≤ 1 s',
    },
  ];
}

interface Slept {
  /** Null: not while it was watched. */
  readonly goneMs: number | null;
  /** When the page's last timer is due, in ms. */
  readonly timerMs: number;
}

async function sleep(site: Site, side: Side, pauseMs: number): Promise<Slept> {
  site.backend.aheadMs = 0;
  const page = await site.visit({ side });
  await page.waitForTimeout(pauseMs);
  const timerMs = await page.evaluate(() => window.bench.timers.getLongestMs());
  // Time passes for the backend as well: what it answers next lives for another hour.
  site.backend.aheadMs = SLEEP_MS;
  const goneMs = await page.evaluate(({ ms, limitMs }) => window.bench.sleepUntilGone(ms, limitMs), {
    ms: SLEEP_MS,
    limitMs: WATCH_MS,
  });
  await page.close();
  site.backend.aheadMs = 0;
  return { goneMs, timerMs };
}

function tell({ goneMs, timerMs }: Slept): string {
  if (goneMs !== null) return `${Math.round(goneMs)} ms`;
  return `> ${WATCH_MS / 1_000} s, until its timer in ${Math.round(timerMs / 60_000)} min`;
}
