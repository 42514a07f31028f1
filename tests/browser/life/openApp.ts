import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { createFakeTenant } from 'react-upsolve-tenant/testing';
import { launchOptions, PAGE_TIMEOUT_MS } from '../../setup/chromium';
import { buildPage } from '../buildPage';
import { SHARE_PAGE } from '../handover/sharePage';

const STRICT_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'";
/** The app in a frame that has no origin, and so no storage. */
const SANDBOX = '<!doctype html><title>Sandbox</title><iframe sandbox="allow-scripts" src="/"></iframe>';

export interface Visit {
  /** @default a profile of its own */
  context?: BrowserContext | undefined;
  /** @default the app */
  path?: '/' | '/sandbox';
  /** What the app renders: see page/app.tsx. `frames` is the policy's `frame-src`. */
  query?: Readonly<Record<string, string>>;
  /** Runs in the page before its own script does. */
  prepare?: () => void;
}

export interface OpenApp {
  browser: Browser;
  url: string;
  visit(visit?: Visit): Promise<Page>;
  backend: AppBackend;
  /** The backend is as it was at first. */
  reset(): void;
  /** Every answer waits until the returned function is called. */
  hold(): () => void;
  close(): Promise<void>;
}

/** The app's backend, and what the test tells it. */
export interface AppBackend {
  /** Paths of the requests for a tenant, oldest first. */
  requests: string[];
  /** Every token that was handed out. */
  tokens: string[];
  /** What a page from the back/forward cache said of itself, newest last. */
  reports: string[];
  /** What is answered instead of a tenant. */
  status: number;
  /** While set, an answer waits for it. */
  gate: Promise<void> | undefined;
  /** How far the server's clock is ahead of this machine's. */
  aheadMs: number;
}

const HOUR = 60 * 60_000;

/** An app on a real server, under a strict policy, with the back/forward cache as users have it. */
export async function openApp(): Promise<OpenApp> {
  const files = await buildPage(fileURLToPath(new URL('./page', import.meta.url)));
  const backend = {} as AppBackend;
  const reset = (): void => {
    Object.assign(backend, { requests: [], tokens: [], reports: [], status: 200, gate: undefined, aheadMs: 0 });
  };
  reset();

  const server = createServer((request, response) => {
    void answer(request, response, files, backend);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  return {
    browser,
    url,
    backend,
    reset,
    hold() {
      let release = (): void => undefined;
      backend.gate = new Promise((resolve) => (release = resolve));
      return release;
    },
    async visit({ context, path = '/', query = {}, prepare } = {}) {
      const page = await (context ?? (await browser.newContext())).newPage();
      page.setDefaultTimeout(PAGE_TIMEOUT_MS);
      await page.addInitScript(() => {
        const wallNow = Date.now.bind(Date);
        let movedMs = 0;
        Date.now = () => wallNow() + movedMs;
        (window as { moveClock?: (ms: number) => void }).moveClock = (ms) => void (movedMs += ms);
      });
      if (prepare) await page.addInitScript(prepare);
      await page.goto(`${new URL(path, url).href}?${new URLSearchParams(query).toString()}`);
      return page;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReadonlyMap<string, string | Uint8Array>,
  backend: AppBackend,
): Promise<void> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  const chunks: string[] = [];
  for await (const chunk of request) chunks.push(String(chunk));
  if (path === '/report') {
    backend.reports.push(chunks.join(''));
    response.end();
    return;
  }
  // A page without an origin is another one to everybody.
  if (request.headers.origin === 'null') {
    response.setHeader('access-control-allow-origin', 'null');
    response.setHeader('access-control-allow-headers', 'content-type');
  }
  if (request.method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  if (path === '/sandbox' || path.startsWith('/share/')) {
    response.writeHead(200, { 'content-type': 'text/html' }).end(path === '/sandbox' ? SANDBOX : SHARE_PAGE);
    return;
  }
  if (!path.startsWith('/upsolve/')) {
    const frames = query.get('frames');
    const policy = frames === null ? STRICT_POLICY : `${STRICT_POLICY}; frame-src ${frames}`;
    const file = files.get(path === '/' ? '/index.html' : path);
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy });
    response.end(file ?? '<!doctype html><title>Elsewhere</title>');
    return;
  }
  backend.requests.push(path);
  await backend.gate;
  response.setHeader('content-type', 'application/json');
  response.setHeader('cache-control', 'private, no-store');
  response.setHeader('date', new Date(Date.now() + backend.aheadMs).toUTCString());
  if (backend.status !== 200) {
    response.writeHead(backend.status).end('{}');
    return;
  }
  const now = Date.now() + backend.aheadMs;
  const { token } = createFakeTenant({ expiresAt: new Date(now + HOUR) });
  backend.tokens.push(token);
  const body = { tenantId: 'acme', token, serverTime: now, permissions: { addFilter: true } };
  response.end(JSON.stringify(body));
}
