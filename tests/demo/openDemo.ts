import type { APIResponse, Browser, BrowserContextOptions, Frame, Locator, Page, Route } from 'playwright';
import { PAGE_TIMEOUT_MS } from '../setup/chromium.ts';

export interface OpenDemo {
  page: Page;
  native: Locator;
  framed: Locator;
  status: Locator;
  /** Errors and warnings of the console, and errors nobody caught. */
  complaints: string[];
  close(): Promise<void>;
}

/** The demo in a browser profile of its own, with both dashboards drawn. */
export async function openDemo(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenDemo> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, ...options });
  context.setDefaultTimeout(PAGE_TIMEOUT_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(url);
  const demo: OpenDemo = {
    page,
    native: page.locator('.native [data-upsolve=dashboard]'),
    framed: page.frameLocator('.framed iframe:not([inert])').locator('[data-upsolve=dashboard]'),
    status: page.locator('#status'),
    complaints,
    close: () => context.close(),
  };
  await demo.native.waitFor();
  await demo.framed.waitFor();
  return demo;
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
