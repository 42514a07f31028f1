import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { launchOptions, PAGE_TIMEOUT_MS } from '../../setup/chromium';
import { buildPage } from '../buildPage';
import { SHARE_PAGE } from './sharePage';

/** As strict as a page with a frame can be: no style but what script sets as a property. */
const POLICY = "default-src 'none'; script-src 'self'; frame-src http://localhost:* http://127.0.0.1:*";

/** A page on one site, its share pages on another, and a browser. */
export interface Stage {
  browser: Browser;
  /** Opens the page; `query` says what it renders. With `isTimed` its clock can be moved. */
  open(query: Record<string, string | number>, isTimed?: boolean): Promise<Page>;
  close(): Promise<void>;
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
    async open(query, isTimed = false) {
      const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
      page.setDefaultTimeout(PAGE_TIMEOUT_MS);
      if (isTimed) await page.clock.install();
      // Another site than the page's own: so the frame runs in a process of its own, as the hub's does.
      const { site = 'other', ...rest } = query;
      const shareHost = site === 'other' ? 'localhost' : '127.0.0.1';
      const given = new URLSearchParams({ share: `http://${shareHost}:${getPort(share)}`, ...toText(rest) });
      await page.goto(`http://127.0.0.1:${getPort(host)}/?${given.toString()}`);
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
