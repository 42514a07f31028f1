import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { launchOptions, PAGE_TIMEOUT_MS } from '../../setup/chromium';
import { buildPage } from '../buildPage';

const ORIGIN = 'http://looks.localhost';
/** No style but what script sets as a property. */
const POLICY = "default-src 'none'; script-src 'self'";

export interface Looks {
  browser: Browser;
  open(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** A page that shows whatever state it is told to. No server: the browser is handed the files. */
export async function openLooks(): Promise<Looks> {
  const files = await buildPage(fileURLToPath(new URL('./page', import.meta.url)));
  const browser = await chromium.launch(launchOptions);
  return {
    browser,
    async open(options = {}) {
      const page = await browser.newPage(options);
      page.setDefaultTimeout(PAGE_TIMEOUT_MS);
      await page.route(`${ORIGIN}/**`, async (route) => {
        const { pathname } = new URL(route.request().url());
        const file = files.get(pathname === '/' ? '/index.html' : pathname);
        await route.fulfill({
          status: file === undefined ? 404 : 200,
          contentType: pathname.endsWith('.js') ? 'text/javascript' : 'text/html',
          headers: { 'content-security-policy': POLICY },
          body: file === undefined ? '' : Buffer.from(file),
        });
      });
      await page.goto(ORIGIN);
      return page;
    },
    close: () => browser.close(),
  };
}
