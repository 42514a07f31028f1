import { countFigure, type Figure } from './figure';
import type { Side, Site } from './openSite';

const DASHBOARDS = 100;

/** How often the backend is asked by a page full of dashboards. */
export async function countRequests(site: Site): Promise<Figure[]> {
  const ours = await count(site, 'ours');
  const byHand = await count(site, 'byHandEach');
  const compare = `${byHand} (${DASHBOARDS} components with the hook)`;
  return [countFigure(`requests for ${DASHBOARDS} guards and ${DASHBOARDS} hooks`, ours, compare, 1)];
}

async function count(site: Site, side: Side): Promise<number> {
  site.backend.requests = 0;
  const page = await site.visit({ side, dashboards: DASHBOARDS });
  // A late one would come within this: every dashboard is there already.
  await page.waitForTimeout(500);
  await page.close();
  return site.backend.requests;
}
