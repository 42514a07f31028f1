import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { type Browser, chromium, type Page } from 'playwright';
import { PNG } from 'pngjs';
import { HAS_BUNDLED, resolveLaunchOptions } from '../setup/chromium';

// Pictures differ from browser to browser and from font to font, so all are taken by the one browser that comes as a
// package, with its own fonts: on Linux x64, any machine draws the same. What changed on purpose is kept by
// `npm run pictures:accept`; what differs lands beside, in `reports/pictures`.
const KEPT = fileURLToPath(new URL('pictures/', import.meta.url));
const REPORTS = fileURLToPath(new URL('../../reports/pictures/', import.meta.url));
const isAccepting = process.env['PICTURES'] === 'accept';

export const SCHEMES = ['dark', 'light'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** How far a pixel's colour may be off, and how many pixels may be: a machine may round a curve otherwise. */
const THRESHOLD = 0.1;
export const MOST_PIXELS = 20;

/** Nothing moves, and the strip above with its running figures is not part of the picture. */
const STILL = `
  .bench { display: none; }
  *, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent !important; }
`;

/** The browser of the pictures, with only the fonts that came with it, whatever else this machine has. */
export async function launchPictureBrowser(): Promise<Browser> {
  if (!HAS_BUNDLED) return await chromium.launch(resolveLaunchOptions());
  const { env, ...options } = resolveLaunchOptions('bundled');
  const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
  const file = join(folder, 'fonts.conf');
  const dirs = `<dir>${join(env?.['FONTCONFIG_PATH'] ?? '', 'fonts')}</dir><cachedir>${folder}</cachedir>`;
  writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}</fontconfig>`);
  const browser = await chromium.launch({ ...options, env: { ...env, FONTCONFIG_FILE: file } });
  browser.once('disconnected', () => rmSync(folder, { recursive: true, force: true }));
  return browser;
}

/** A date that stands still while timers go on. Runs in the page, before anything else. */
export function freezeDate(at: number): void {
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

/** A page whose steady time can be held. */
export interface HoldableWindow {
  holdTime?: (isHeld: boolean) => void;
}

/**
 * From the end of a story's play on, as the channel tells it, steady time stands still: on a slow machine the next attempt
 * would be in the picture of the one before. Timers go on, and find nothing due. Runs in the page, before anything else.
 */
export function makeTimeHoldable(): void {
  const read = performance.now.bind(performance);
  let heldAtMs: number | undefined;
  performance.now = () => heldAtMs ?? read();
  (globalThis as HoldableWindow).holdTime = (isHeld) => (heldAtMs = isHeld ? read() : undefined);
}

export const passTime = (page: Page): Promise<void> =>
  page.evaluate(() => (globalThis as HoldableWindow).holdTime?.(false));

/** How many pixels of the page differ from the kept picture; all of them where there is none, or one of another size. */
export async function comparePicture(page: Page, id: string, scheme: Scheme): Promise<number> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.addStyleTag({ content: STILL });
  await page.evaluate(scrollToTop);
  const taken = PNG.sync.read(await page.screenshot());
  const name = nameOf(id, scheme);
  const path = KEPT + name;
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
  writeFileSync(`${REPORTS}taken.${name}`, PNG.sync.write(taken));
  writeFileSync(`${REPORTS}difference.${name}`, PNG.sync.write(difference));
  return count;
}

/** The kept pictures of stories that are gone; accepting removes them. */
export function findLeftOverPictures(ids: readonly string[]): string[] {
  const names = new Set(ids.flatMap((id) => SCHEMES.map((scheme) => nameOf(id, scheme))));
  const leftOver = readdirSync(KEPT).filter((name) => !names.has(name));
  if (!isAccepting) return leftOver;
  for (const name of leftOver) rmSync(KEPT + name);
  return [];
}

const nameOf = (id: string, scheme: Scheme): string => `${id}.${scheme}.png`;

/** Runs in the page: a play function's hand has scrolled to what it pressed. */
function scrollToTop(): void {
  for (const element of [document.documentElement, ...document.querySelectorAll('.place')]) element.scrollTop = 0;
}
