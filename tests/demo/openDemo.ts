import type { APIResponse, Browser, BrowserContextOptions, Frame, Locator, Page, Route } from 'playwright';
import { PAGE_TIMEOUT_MS } from '../setup/chromium.ts';
import { observeShifts } from './layoutShift.ts';

export type Way = 'Native' | 'Frame';

export interface OpenDemo {
  page: Page;
  native: Locator;
  framed: Locator;
  /** The one of them that it was opened with. */
  dashboard: Locator;
  /** The guard's element: says its state. */
  guard: Locator;
  /** In the panel. */
  status: Locator;
  /** Errors and warnings of the console, and errors nobody caught. */
  complaints: string[];
  close(): Promise<void>;
}

export interface OpenDemoOptions extends BrowserContextOptions {
  /** @default 'Native' */
  way?: Way;
  /** With every button in sight. @default false, as a visitor finds it */
  hasPanel?: boolean;
}

/** The demo in a browser profile of its own, with its dashboard drawn. */
export async function openDemo(
  browser: Browser,
  url: string,
  { way = 'Native', hasPanel = false, ...options }: OpenDemoOptions = {},
): Promise<OpenDemo> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, ...options });
  context.setDefaultTimeout(PAGE_TIMEOUT_MS);
  await context.addInitScript(observeShifts);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(url);
  const native = page.locator('.native [data-upsolve=dashboard]');
  const framed = page.frameLocator('.framed iframe:not([inert])').locator('[data-upsolve=dashboard]');
  const dashboard = way === 'Native' ? native : framed;
  if (way === 'Frame') await showAs(page, 'Frame');
  if (hasPanel) await page.locator('summary').click();
  await dashboard.waitFor();
  return {
    page,
    native,
    framed,
    dashboard,
    guard: page.locator('.box > [data-status]'),
    status: page.locator('#status'),
    complaints,
    close: () => context.close(),
  };
}

export function showAs(page: Page, way: Way): Promise<void> {
  return page.getByRole('button', { name: way, exact: true }).click();
}

/** The backend's next answer about a token, kept from the page until it has been seen to wait for it. */
export interface HeldAnswer {
  /** Once the backend has answered: how long it took. */
  readonly answered: Promise<{ tookMs: number }>;
  /** Lets the page have it, and every later one at once. */
  release(): void;
}

/** Holds the next answer, or the one after `passing` others. */
export async function holdAnswer(page: Page, { passing = 0 } = {}): Promise<HeldAnswer> {
  let count = 0;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let tell: (answered: { tookMs: number }) => void = () => undefined;
  const answered = new Promise<{ tookMs: number }>((resolve) => (tell = resolve));
  await page.route('**/upsolve/tenant/*', async (route: Route) => {
    if (count++ < passing) return await route.continue();
    const askedAt = performance.now();
    const response: APIResponse = await route.fetch();
    tell({ tookMs: performance.now() - askedAt });
    await released;
    await route.fulfill({ response });
  });
  return { answered, release };
}

/** The frames of the hub that the page holds right now. */
export function hubFrames(page: Page): Frame[] {
  return page.frames().filter((frame) => frame !== page.mainFrame());
}
