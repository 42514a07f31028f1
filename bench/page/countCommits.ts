import type { Page } from 'playwright';
import { countFigure, type Figure } from './figure';
import type { Side, Site } from './openSite';

/** As many as `refresh()` lets through at once. */
const REFRESHES = 3;
/** Long enough for three ticks. */
const REST_MS = 3_200;

interface Commits {
  child: number;
  reader: number;
  dashboard: number;
  /** Of the host's children, while nothing happens. */
  childAtRest: number;
  /** Timers that fired in that time. */
  ticks: number;
}

/** What React commits anew when a token is refreshed, and while nothing happens; for one refresh, one handover. */
export async function countCommits(site: Site): Promise<Figure[]> {
  const ours = await count(site, 'ours');
  const context = await count(site, 'byHandContext');
  const inHost = await count(site, 'byHandInHost');
  const apart = `${context.child} with a provider, ${inHost.child} with the hook in the host`;
  return [
    countFigure("commits of the host's children per refresh", ours.child, apart, 0),
    {
      what: `commits of the host's children in ${ours.ticks} ticks`,
      ours: ours.childAtRest,
      compare: `${context.childAtRest} (it has ${context.ticks || 'no'} ticks)`,
      budget: 0,
      // Without a tick nothing would have been seen.
      isBroken: ours.childAtRest > 0 || ours.ticks === 0,
    },
    countFigure('commits of a dashboard per handover', ours.dashboard, context.dashboard, 1),
    {
      what: 'commits of a reader of the hook per refresh',
      ours: `${ours.reader} (it tells isRefreshing, too)`,
      compare: context.reader,
      budget: 'none',
    },
  ];
}

async function count(site: Site, side: Side): Promise<Commits> {
  const page = await site.visit({ side });
  const before = await read(page);
  for (let i = 0; i < REFRESHES; i++) {
    await page.evaluate(() => window.bench.refresh());
    // The commit and its effects have run by then.
    await page.waitForTimeout(100);
  }
  const after = await read(page);
  await page.waitForTimeout(REST_MS);
  const rested = await read(page);
  await page.close();
  const perRefresh = (name: string): number => (after.commits[name]! - before.commits[name]!) / REFRESHES;
  return {
    child: perRefresh('child'),
    reader: perRefresh('reader'),
    dashboard: perRefresh('dashboard'),
    childAtRest: rested.commits['child']! - after.commits['child']!,
    ticks: rested.fired - after.fired,
  };
}

function read(page: Page): Promise<{ commits: Record<string, number>; fired: number }> {
  return page.evaluate(() => ({ commits: window.bench.getCommits(), fired: window.bench.timers.countFired() }));
}
