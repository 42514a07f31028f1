import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { HAS_BUNDLED } from '../setup/chromium';
import {
  comparePicture,
  findLeftOverPictures,
  freezeDate,
  launchPictureBrowser,
  MOST_PIXELS,
  SCHEMES,
} from './keptPictures';
import { openStory } from './openStory';

/** Where tokens, and all that is drawn from them, come from. */
const NOON = new Date('2030-01-15T12:00:00Z').getTime();
const LOOKS: BrowserContextOptions = {
  colorScheme: 'dark',
  reducedMotion: 'reduce',
  viewport: { width: 720, height: 480 },
};
/** What the system says of its user, in the stories about it. */
const MEDIA: Readonly<Record<string, BrowserContextOptions>> = {
  'places--high-contrast': { forcedColors: 'active' },
};

const entries = inject('storyEntries');
const stories = entries.filter(({ type }) => type === 'story');

let browser: Browser;
/** Visits of one context come one after another: stories side by side would be tabs of one application. */
const free: BrowserContext[] = [];
beforeAll(async () => {
  browser = await launchPictureBrowser();
});
afterAll(() => browser.close());

async function visit({ id, type }: (typeof entries)[number]): Promise<void> {
  const context = free.pop() ?? (await browser.newContext(LOOKS));
  try {
    const { page, end, strangers, consoleErrors } = await openStory(context, id, {
      type,
      prepare: (page) => Promise.all([page.emulateMedia(MEDIA[id] ?? {}), page.addInitScript(freezeDate, NOON)]),
    });
    expect(end).toEqual({ status: 'success', faults: [] });
    expect(strangers).toEqual([]);
    // It is a production build: not even a mistake is told on the console.
    expect(consoleErrors).toEqual([]);
    if (type === 'story' && HAS_BUNDLED) {
      for (const scheme of SCHEMES)
        expect(await comparePicture(page, id, scheme), `pixels of ${id} that differ in ${scheme}`).toBeLessThan(
          MOST_PIXELS,
        );
    }
    await page.close();
    free.push(context);
  } catch (error) {
    await context.close();
    throw error;
  }
}

describe('each page of the built Storybook', () => {
  it.concurrent.each(entries)('$id works, passes axe in dark, asks nobody, is quiet, and looks as it is kept', visit);

  it.runIf(HAS_BUNDLED)('no picture is kept of a story that is gone', () => {
    expect(findLeftOverPictures(stories.map(({ id }) => id))).toEqual([]);
  });
});

describe('the built Storybook itself', () => {
  it('opens its first page without asking anybody', async () => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const url = inject('storybookUrl');
      const strangers: string[] = [];
      page.on('request', (request) => {
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) strangers.push(request.url());
      });
      await page.goto(`${url}/index.html`);
      await page.frameLocator('#storybook-preview-iframe').getByRole('heading', { name: 'Start here' }).waitFor();
      expect(strangers).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
