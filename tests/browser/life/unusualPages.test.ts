import type { Frame, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { waitUntil } from '../../setup/waitUntil';
import { type OpenApp, openApp, type Visit } from './openApp';
import type {} from './page/app';

let app: OpenApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(() => app.reset());

const NATIVE = '[aria-label="Fake Upsolve dashboard"]';

/** A visit, and every line that it leaves on the console or throws. */
async function visit(visit: Visit): Promise<{ page: Page; lines: string[] }> {
  const lines: string[] = [];
  const context = await app.browser.newContext();
  onTestFinished(() => context.close());
  context.on('console', (message) => lines.push(message.text()));
  context.on('weberror', (error) => lines.push(String(error.error())));
  return { page: await app.visit({ ...visit, context }), lines };
}

const isOfBrowser = (line: string): boolean => /React DevTools|^Framing |^Refused to frame /.test(line);

describe('where the browser takes itself to be offline and is not', () => {
  const prepare = (): void => {
    Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });
  };
  const sayOffline = (page: Page) =>
    page.evaluate(() => {
      window.dispatchEvent(new Event('offline'));
      return navigator.onLine;
    });

  it('a native dashboard loads, refreshes and is handed over', async () => {
    const { page, lines } = await visit({ prepare });
    await page.locator(NATIVE).waitFor();
    const first = await page.locator('code').textContent();
    expect(await sayOffline(page)).toBe(false);
    await page.evaluate(() => window.app.tenant.refresh());
    await page.evaluate(() => window.app.handoverNow());
    await waitUntil(async () => expect(await page.locator('code').textContent()).not.toBe(first));
    expect(app.backend.requests).toEqual(['/upsolve/tenant/register', '/upsolve/tenant/refresh-token']);
    expect(lines.filter((line) => !isOfBrowser(line))).toEqual([]);
  });

  it('a frame does', async () => {
    const { page, lines } = await visit({ prepare, query: { frame: app.url, frames: "'self'", settleMs: '0' } });
    const { tokens } = app.backend;
    const shows = (token: string) => page.frameLocator('iframe').getByRole('heading', { name: token }).waitFor();
    await page.locator('iframe').waitFor();
    await shows(tokens[0]!);
    expect(await sayOffline(page)).toBe(false);
    await page.evaluate(() => window.app.tenant.refresh());
    await page.evaluate(() => window.app.handoverNow());
    await waitUntil(async () => {
      const shown = await page
        .locator('iframe')
        .evaluateAll((frames) => frames.map((frame) => frame.getAttribute('src')));
      expect(shown).toEqual([expect.stringContaining(tokens[1]!)]);
    });
    await shows(tokens[1]!);
    expect(app.backend.requests).toHaveLength(2);
    expect(lines.filter((line) => !isOfBrowser(line))).toEqual([]);
  });
});

describe('where cookies and storage are blocked', () => {
  async function expectWhole(frame: Page | Frame, blocked: string[]): Promise<void> {
    await frame.locator(NATIVE).waitFor();
    expect(
      await frame.evaluate(() => {
        const tried = {
          localStorage: () => localStorage,
          sessionStorage: () => sessionStorage,
          cookie: () => document.cookie,
          BroadcastChannel: () => new BroadcastChannel('any').close(),
        };
        return Object.entries(tried).flatMap(([name, run]) => {
          try {
            run();
            return [];
          } catch (error) {
            return (error as Error).name === 'SecurityError' ? [name] : [];
          }
        });
      }),
    ).toEqual(blocked);
    await frame.evaluate(() => window.app.tenant.refresh());
    expect(app.backend.tokens).toHaveLength(2);
    await frame.evaluate(() => window.app.tenant.clear());
    expect(await frame.locator(NATIVE).count()).toBe(0);
    expect(await frame.evaluate(() => window.app.tenant.status)).toBe('idle');
  }

  it('by the browser, the app has its dashboard and signs out', async () => {
    const { page, lines } = await visit({
      prepare: () => {
        const refuse = function (): never {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        };
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
          Object.defineProperty(window, name, { get: refuse });
        Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse });
        window.BroadcastChannel = refuse as unknown as typeof BroadcastChannel;
      },
    });
    await expectWhole(page, ['localStorage', 'sessionStorage', 'cookie', 'BroadcastChannel']);
    expect(lines.filter((line) => !isOfBrowser(line))).toEqual([]);
  });

  it('by a sandbox without an origin, the app has its dashboard and signs out', async () => {
    const { page, lines } = await visit({ path: '/sandbox' });
    await page.frameLocator('iframe').locator(NATIVE).waitFor();
    await expectWhole(page.frames()[1]!, ['localStorage', 'sessionStorage', 'cookie']);
    expect(lines.filter((line) => !isOfBrowser(line))).toEqual([]);
  });
});

describe('where the page’s own policy blocks the frame', () => {
  it('the app hears of each, the console says it in one line, and nothing waits for what doesn’t come', async () => {
    const { page, lines } = await visit({
      // A next frame takes over by what is heard of it, or not at all.
      query: { frame: '', frames: "'none'", settleMs: '600000' },
      prepare: () => {
        const sample = { looks: 0, uncovered: 0 };
        Object.assign(window, { sample });
        let isOver = false;
        const end = (event: Event): void => void (isOver ||= event.target instanceof HTMLIFrameElement);
        document.addEventListener('load', end, true);
        document.addEventListener('securitypolicyviolation', () => (isOver = true), true);
        const look = (): void => {
          const frame = document.querySelector('iframe');
          if (!frame || isOver) return;
          const isCovered = document.querySelector('.upsolve-tenant__frames [role=status]')?.textContent !== '';
          sample.looks++;
          if (!isCovered || getComputedStyle(frame).opacity !== '0') sample.uncovered++;
        };
        new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
        requestAnimationFrame(function lookAgain() {
          look();
          requestAnimationFrame(lookAgain);
        });
      },
    });
    const countBlocked = () =>
      page.evaluate(() => window.app.events.filter(({ type }) => type === 'frame_blocked').length);
    await waitUntil(async () => expect(await countBlocked()).toBe(1));
    const cover = page.locator('.upsolve-tenant__frames').getByText('Loading dashboard…');
    await cover.waitFor({ state: 'detached' });
    const sample = await page.evaluate(() => (window as unknown as { sample: Record<string, number> }).sample);
    expect(sample['looks']).toBeGreaterThan(0);
    expect(sample['uncovered']).toBe(0);

    await page.evaluate(() => window.app.tenant.refresh());
    await page.evaluate(() => window.app.handoverNow());
    const shown = () =>
      page.locator('iframe').evaluateAll((frames) => frames.map((frame) => frame.getAttribute('src')));
    await waitUntil(async () => expect(await shown()).toEqual([expect.stringContaining(app.backend.tokens[1]!)]));
    expect(await countBlocked()).toBe(2);
    expect(await cover.count()).toBe(0);
    expect(lines.filter((line) => !isOfBrowser(line))).toEqual([
      "UpsolveDashboardFrame: this page's own Content-Security-Policy blocks the dashboard. Add https://hub.upsolve.ai to its frame-src directive.",
    ]);
  });
});
