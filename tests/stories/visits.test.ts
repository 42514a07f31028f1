import type { Browser, BrowserContextOptions } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { HAS_BUNDLED } from '../setup/chromium';
import {
  comparePicture,
  findLeftOverPictures,
  freezeDate,
  launchPictureBrowser,
  makeTimeHoldable,
  MOST_PIXELS,
  passTime,
  SCHEMES,
} from './keptPictures';
import { checkDocuments } from '../../scripts/checkReadme';
import { findDocsFaults } from './docsFaults';
import { openTab, type StoryTab } from './openStory';
import { workControls } from './workControls';

/** Where tokens, and all that is drawn from them, come from. */
const NOON = new Date('2030-01-15T12:00:00Z').getTime();
const LOOKS: BrowserContextOptions = {
  colorScheme: 'dark',
  reducedMotion: 'reduce',
};
/** What the system says of its user, in the stories about it. */
const MEDIA: Readonly<Record<string, BrowserContextOptions>> = {
  'edge-cases-preferences--high-contrast': { forcedColors: 'active' },
  'edge-cases-preferences--high-contrast-states': { forcedColors: 'active' },
};
/** Of pages that hold more than a picture of the usual size. */
const SIZES: Readonly<Record<string, { width: number; height: number }>> = {
  'edge-cases-size--tile-states': { width: 720, height: 580 },
  'edge-cases-size--phone-states': { width: 390, height: 2_080 },
  'edge-cases-language--right-to-left-states': { width: 720, height: 1_040 },
  'edge-cases-preferences--high-contrast-states': { width: 720, height: 1_040 },
};
const USUAL_SIZE = { width: 720, height: 480 };

const entries = inject('storyEntries');
const stories = entries.filter(({ type }) => type === 'story');

let browser: Browser;
/** The code of each story, as its visit found it. */
const codes = new Map<string, string>();
/** Visits of one tab come one after another. Each has a profile of its own: two would be tabs of one application. */
const free: StoryTab[] = [];
beforeAll(async () => {
  browser = await launchPictureBrowser();
});
afterAll(() => browser.close());

async function openFreshTab(): Promise<StoryTab> {
  const context = await browser.newContext(LOOKS);
  await context.addInitScript(freezeDate, NOON);
  await context.addInitScript(makeTimeHoldable);
  return await openTab(context);
}

async function visit({ id, type }: (typeof entries)[number]): Promise<void> {
  const tab = free.pop() ?? (await openFreshTab());
  const { page } = tab;
  try {
    await page.emulateMedia({ ...LOOKS, forcedColors: 'none', ...MEDIA[id] });
    await page.setViewportSize(SIZES[id] ?? USUAL_SIZE);
    const { end, strangers, consoleErrors, code } = await tab.open(id, type);
    expect(end).toEqual({ status: 'success', faults: [] });
    if (type === 'docs') expect(await findDocsFaults(page)).toEqual([]);
    if (type === 'story' && HAS_BUNDLED) {
      for (const scheme of SCHEMES)
        expect(await comparePicture(page, id, scheme), `pixels of ${id} that differ in ${scheme}`).toBeLessThan(
          MOST_PIXELS,
        );
    }
    if (type === 'story') {
      await passTime(page);
      codes.set(id, code);
      expect((await workControls(page)).faults).toEqual([]);
    }
    expect(strangers).toEqual([]);
    // It is a production build: not even a mistake is told on the console.
    expect(consoleErrors).toEqual([]);
    free.push(tab);
  } catch (error) {
    await page.context().close();
    throw error;
  }
}

describe('each page of the built Storybook', () => {
  it.concurrent.each(entries)(
    '$id works, as do its controls, passes axe in dark, asks nobody, is quiet, and looks as it is kept',
    visit,
  );

  it.runIf(HAS_BUNDLED)('no picture is kept of a story that is gone', () => {
    expect(findLeftOverPictures(stories.map(({ id }) => id))).toEqual([]);
  });
});

describe('the code of each story', () => {
  it('names the provider and what it imports, compiles as it is copied, and holds nothing of the bench', () => {
    expect([...codes.keys()].toSorted()).toEqual(stories.map(({ id }) => id).toSorted());
    const { blocks, faults } = checkDocuments(
      [...codes].map(([name, code]) => ({ name, text: `\`\`\`tsx\n${code}\`\`\`\n` })),
    );
    expect(faults).toEqual([]);
    expect(blocks).toBe(stories.length);
    const wrong = [...codes].filter(
      ([, code]) => !/import \{[^}]*UpsolveTenantProvider/.test(code) || /bench|\bplay:|storybook/i.test(code),
    );
    expect(wrong).toEqual([]);
  });
});
