import { countCommits } from './countCommits';
import { countRequests } from './countRequests';
import type { Figure } from './figure';
import { measureBlank } from './measureBlank';
import { measureRest } from './measureRest';
import { openSite } from './openSite';
import { timeMount } from './timeMount';
import { timeSleep } from './timeSleep';
import { weighEntry } from './weighEntry';

/**
 * What the package costs a page and saves it, in Chromium, side by side with what a team would write by hand. A budget
 * that is a count has to hold; times and bytes are told only, for they depend on the machine and on `npm run size`.
 */
// React's development build commits more and takes longer.
process.env['NODE_ENV'] = 'production';
const site = await openSite();
const figures: Figure[] = [];
try {
  for (const measure of [countRequests, countCommits, timeSleep, measureBlank, timeMount, measureRest, weighEntry]) {
    figures.push(...(await measure(site)));
  }
} finally {
  await site.close();
}
console.table(figures.map(({ what, ours, compare, budget }) => ({ what, ours, 'by hand / compare': compare, budget })));
for (const { what } of figures.filter(({ isBroken }) => isBroken)) {
  console.error(`Over its budget: ${what}`);
  process.exitCode = 1;
}
