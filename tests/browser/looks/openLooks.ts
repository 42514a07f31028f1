import { fileURLToPath } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright';
import { launchOptions, PAGE_TIMEOUT_MS } from '../../setup/chromium';
import { buildPage, routePage } from '../buildPage';

const SITE = 'http://looks.localhost';
/** No style but what script sets as a property. */
const POLICY = "default-src 'none'; script-src 'self'";

export interface Looks {
  open(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** A page that shows whatever state it is told to. */
export async function openLooks(): Promise<Looks> {
  const files = await buildPage(fileURLToPath(new URL('./page', import.meta.url)));
  const browser = await chromium.launch(launchOptions);
  return {
    async open(options = {}) {
      const page = await browser.newPage(options);
      page.setDefaultTimeout(PAGE_TIMEOUT_MS);
      await routePage(page, SITE, files, { 'content-security-policy': POLICY });
      await page.goto(SITE);
      return page;
    },
    close: () => browser.close(),
  };
}
