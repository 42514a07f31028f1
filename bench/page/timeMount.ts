import { type Figure, median } from './figure';
import type { Site } from './openSite';

const MOUNTS = 30;

/** From `render()` to the commit with the dashboard: all that is ours, then as a user meets it. */
export async function timeMount(site: Site): Promise<Figure[]> {
  return [
    { ...(await time(site, true)), what: `mount to dashboard, answer from within the page, median of ${MOUNTS}` },
    { ...(await time(site, false)), what: `mount to dashboard, answer over loopback, median of ${MOUNTS}` },
  ];
}

async function time(site: Site, isInstant: boolean): Promise<Omit<Figure, 'what'>> {
  const page = await site.visit({ side: 'byHandEach', isInstant });
  const times = await page.evaluate((mounts) => window.bench.timeMounts(mounts), MOUNTS);
  await page.close();
  const ours = median(times.ours);
  const byHand = median(times.byHand);
  return {
    ours: `${ours.toFixed(2)} ms, ${(ours / byHand).toFixed(2)} ×`,
    compare: `${byHand.toFixed(2)} ms`,
    budget: '≤ 1.2 ×',
  };
}
