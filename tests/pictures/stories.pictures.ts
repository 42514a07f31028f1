import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { type Browser, type BrowserContextOptions, chromium, type LaunchOptions, type Page } from 'playwright';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { resolveLaunchOptions } from '../setup/chromium';
import { openStory } from '../stories/openStory';

// Pictures differ from browser to browser and from font to font, so all are taken by the one browser that comes as a
// package, with its own fonts: on Linux x64, any machine draws the same. What changed on purpose is kept by
// `npm run pictures:accept`; what differs lands beside, in `reports/pictures`.
const KEPT = fileURLToPath(new URL('kept/', import.meta.url));
const REPORTS = fileURLToPath(new URL('../../reports/pictures/', import.meta.url));
const isAccepting = process.env['PICTURES'] === 'accept';
const isComparable = process.platform === 'linux' && process.arch === 'x64';

/** Where tokens, and all that is drawn from them, come from. */
const NOON = new Date('2030-01-15T12:00:00Z');
const SIZE = { width: 720, height: 480 };
/** How far a pixel's colour may be off, and how many pixels may be: a machine may round a curve otherwise. */
const THRESHOLD = 0.1;
const MOST_PIXELS = 20;

/** What the system says of its user, in the stories about it. */
const MEDIA: Readonly<Record<string, BrowserContextOptions>> = {
  'places--high-contrast': { forcedColors: 'active' },
};

/** Nothing moves, and the strip below with its running figures is not part of the picture. */
const STILL = `
  .bench { visibility: hidden; }
  *, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent !important; }
`;

const stories = inject('storyEntries').filter(({ type }) => type === 'story');
const schemes = ['light', 'dark'] as const;

let browser: Browser;
const fontFolder = mkdtempSync(join(tmpdir(), 'fonts-'));
beforeAll(async () => {
  if (isComparable) browser = await chromium.launch(createLaunchOptions());
});
afterAll(async () => {
  await browser?.close();
  rmSync(fontFolder, { recursive: true });
});

/** Only the fonts that came with the browser, whatever else this machine has. */
function createLaunchOptions(): LaunchOptions {
  const { env, ...options } = resolveLaunchOptions('bundled');
  const file = join(fontFolder, 'fonts.conf');
  const dirs = `<dir>${join(env?.['FONTCONFIG_PATH'] ?? '', 'fonts')}</dir><cachedir>${fontFolder}</cachedir>`;
  writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}</fontconfig>`);
  return { ...options, env: { ...env, FONTCONFIG_FILE: file } };
}

describe.runIf(isComparable)('the picture', () => {
  it.concurrent.each(stories)('of $id is the one that is kept, in light and dark', async ({ id }) => {
    const context = await browser.newContext({ viewport: SIZE, reducedMotion: 'reduce', ...MEDIA[id] });
    await context.addInitScript(freezeDate, NOON.getTime());
    try {
      const { page, end } = await openStory(context, id, { globals: 'a11y.manual:!true' });
      expect(end).toEqual({ status: 'success', faults: [] });
      await page.addStyleTag({ content: STILL });
      await page.evaluate(scrollToTop);
      for (const scheme of schemes)
        expect(compare(`${id}.${scheme}`, await take(page, scheme))).toBeLessThan(MOST_PIXELS);
    } finally {
      await context.close();
    }
  });

  it('is kept of no story that is gone', () => {
    const names = new Set(stories.flatMap(({ id }) => schemes.map((scheme) => `${id}.${scheme}.png`)));
    const leftOver = readdirSync(KEPT).filter((name) => !names.has(name));
    if (isAccepting) for (const name of leftOver) rmSync(KEPT + name);
    else expect(leftOver).toEqual([]);
  });
});

async function take(page: Page, scheme: 'light' | 'dark'): Promise<PNG> {
  await page.emulateMedia({ colorScheme: scheme });
  return PNG.sync.read(await page.screenshot());
}

/** How many pixels differ from the kept picture; all of them where there is none, or one of another size. */
function compare(name: string, taken: PNG): number {
  const path = `${KEPT}${name}.png`;
  const { width, height } = taken;
  const kept = existsSync(path) ? PNG.sync.read(readFileSync(path)) : undefined;
  const difference = new PNG({ width, height });
  const count =
    kept?.width === width && kept.height === height
      ? pixelmatch(kept.data, taken.data, difference.data, width, height, { threshold: THRESHOLD })
      : width * height;
  if (count < MOST_PIXELS) return count;
  if (isAccepting) {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(path, PNG.sync.write(taken, { colorType: 2 }));
    return 0;
  }
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(`${REPORTS}${name}.taken.png`, PNG.sync.write(taken));
  writeFileSync(`${REPORTS}${name}.difference.png`, PNG.sync.write(difference));
  return count;
}

/** Runs in the page: a play function's hand has scrolled to what it pressed. */
function scrollToTop(): void {
  for (const element of [document.documentElement, ...document.querySelectorAll('.place')]) element.scrollTop = 0;
}

/** Runs in the page: the date stands still, and timers go on. */
function freezeDate(at: number): void {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...args: unknown[]) {
      if (args.length === 0) super(at);
      else super(...(args as [number]));
    }
    static override now(): number {
      return at;
    }
  } as DateConstructor;
}
