import type { Browser, BrowserContextOptions, Frame, Locator, Page } from 'playwright';

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

/** The frames of the hub that the page holds right now. */
export function hubFrames(page: Page): Frame[] {
  return page.frames().filter((frame) => frame !== page.mainFrame());
}
