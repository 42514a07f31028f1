import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { buildPage } from '../../tests/browser/buildPage';
import { SHARE_PAGE } from '../../tests/browser/handover/sharePage';
import { launchOptions } from '../../tests/setup/chromium';
import { answerTenant } from './answerTenant';

/** Who renders the page: the package, or one of the ways to write it by hand. */
export type Side = 'ours' | 'byHandEach' | 'byHandContext' | 'byHandInHost';

export interface Visit {
  readonly side: Side;
  /** @default 1 */
  readonly providers?: number;
  /** For each provider. @default 1 */
  readonly dashboards?: number;
  /** Share pages in frames, instead of a native dashboard. @default false */
  readonly isFramed?: boolean;
  /** Answers come from within the page, at once, by a clock that the page moves. @default false */
  readonly isInstant?: boolean;
}

/** An app on a real server, with its backend, its share pages on another site, and a browser. */
export interface Site {
  readonly backend: {
    requests: number;
    /** How far its clock is ahead of this machine's. */
    aheadMs: number;
  };
  visit(visit: Visit): Promise<Page>;
  close(): Promise<void>;
}

/** Only in an isolated page does the browser tell time more finely than in steps of 0.1 ms. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'cross-origin',
};

export async function openSite(): Promise<Site> {
  const files = await buildPage(fileURLToPath(new URL('./app', import.meta.url)));
  const backend: Site['backend'] = { requests: 0, aheadMs: 0 };
  const app = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/upsolve/')) {
      backend.requests++;
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'private, no-store' });
      response.end(JSON.stringify(answerTenant(Date.now() + backend.aheadMs)));
      return;
    }
    const file = files.get(pathname === '/' ? '/index.html' : pathname);
    const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': type, ...ISOLATED });
    response.end(file);
  });
  const share = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', ...ISOLATED });
    response.end(SHARE_PAGE);
  });
  const browser: Browser = await chromium.launch(launchOptions);
  return {
    backend,
    async visit({ side, providers = 1, dashboards = 1, isFramed = false, isInstant = false }) {
      const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
      page.on('pageerror', (error) => console.error(error));
      const query = new URLSearchParams({ side, providers: String(providers), dashboards: String(dashboards) });
      // Another site than the page's own, so that the frame runs in a process of its own, as the hub's does.
      if (isFramed) query.set('share', `http://localhost:${getPort(share)}`);
      if (isInstant) query.set('instant', '');
      await page.goto(`http://127.0.0.1:${getPort(app)}/?${query.toString()}`);
      await page.waitForFunction((wanted) => window.bench.countDashboards() === wanted, providers * dashboards);
      return page;
    },
    async close() {
      await browser.close();
      for (const server of [app, share]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function getPort(server: Server): number {
  return (server.address() as AddressInfo).port;
}
