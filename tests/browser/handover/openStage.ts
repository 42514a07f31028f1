import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { launchOptions, PAGE_TIMEOUT_MS } from '../../setup/chromium';
import { buildPage } from '../buildPage';
import { SHARE_PAGE } from './sharePage';

/** As strict as a page with a frame can be: no style but what script sets as a property. */
const POLICY = "default-src 'none'; script-src 'self'; frame-src http://localhost:* http://127.0.0.1:*";

export interface OpenOptions {
  /** The page's clock can be moved. */
  isTimed?: boolean;
  /** Runs before the page loads. A frame that it holds keeps the page from its own load event, which isn't waited for then. */
  prepare?: (page: Page) => Promise<unknown>;
}

/** A page on one site, its share pages on another, and a browser. */
export interface Stage {
  browser: Browser;
  /** Opens the page; `query` says what it renders. */
  open(query: Record<string, string | number>, options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

/** From here on only the test moves the page's time; 20 s pass. */
export async function stopClock(page: Page): Promise<void> {
  const nowMs = await page.evaluate(() => Date.now());
  // To be called in time, the moment has to be ahead also of a machine that is slow.
  await page.clock.pauseAt(nowMs + 20_000);
}

export async function openStage(): Promise<Stage> {
  const files = await buildPage(fileURLToPath(new URL('./page', import.meta.url)));
  const host = await listen((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = files.get(name === '/' ? '/index.html' : name);
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': getType(name),
      'content-security-policy': POLICY,
    });
    response.end(file);
  });
  const share = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(SHARE_PAGE);
  });
  const browser = await chromium.launch(launchOptions);
  return {
    browser,
    async open(query, { isTimed = false, prepare } = {}) {
      const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
      page.setDefaultTimeout(PAGE_TIMEOUT_MS);
      if (isTimed) await page.clock.install();
      // Another site than the page's own: so the frame runs in a process of its own, as the hub's does.
      const { site = 'other', ...rest } = query;
      const shareHost = site === 'other' ? 'localhost' : '127.0.0.1';
      const given = new URLSearchParams({ share: `http://${shareHost}:${getPort(share)}`, ...toText(rest) });
      await prepare?.(page);
      const waitUntil = prepare ? 'domcontentloaded' : 'load';
      await page.goto(`http://127.0.0.1:${getPort(host)}/?${given.toString()}`, { waitUntil });
      return page;
    },
    async close() {
      await browser.close();
      for (const server of [host, share]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

async function listen(handle: RequestListener): Promise<Server> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}

function getPort(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function getType(name: string): string {
  return name.endsWith('.js') ? 'text/javascript' : 'text/html';
}

function toText(query: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
}
