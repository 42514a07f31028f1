import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { waitUntil } from '../../setup/waitUntil';
import { type OpenApp, openApp } from './openApp';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What the browser says of a failed request, React's development build of itself, and the package of what was made to fail. */
const EXPECTED = /Failed to load resource|React DevTools|^react-upsolve-tenant: (network|forbidden)\. POST /;

let app: OpenApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(() => app.reset());

const dashboard = (page: Page) => page.getByRole('region', { name: 'Fake Upsolve dashboard' });

async function visitReady(context?: BrowserContext): Promise<Page> {
  const page = await app.visit({ context });
  onTestFinished(() => page.close());
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => complaints.push(message.text()));
  onTestFinished(() => expect(complaints.filter((line) => !EXPECTED.test(line))).toEqual([]));
  await dashboard(page).waitFor();
  return page;
}

/** The lid is closed for a while: time passes here and at the server, and nothing of the page runs. */
async function sleep(page: Page, ms: number): Promise<void> {
  app.backend.aheadMs += ms;
  await page.evaluate((moved) => window.moveClock?.(moved), ms);
}

describe('in a real browser', () => {
  it('a token that ended while the lid was closed leaves the screen without any event, and one request brings the next', async () => {
    const page = await visitReady();
    const release = app.hold();
    await sleep(page, 2 * HOUR);
    await page.getByText('Reconnecting…').waitFor();
    expect(await dashboard(page).count()).toBe(0);
    release();
    await dashboard(page).waitFor();
    expect(app.backend.requests).toEqual(['/upsolve/tenant/register', '/upsolve/tenant/refresh-token']);
  });

  it('a network that is gone inside the lead leaves the dashboard up with a quiet notice, and its return refreshes', async () => {
    const page = await visitReady();
    await page.context().setOffline(true);
    await sleep(page, 56 * MINUTE);
    await page.getByRole('status').getByText('Connection trouble').waitFor();
    expect(await dashboard(page).isVisible()).toBe(true);
    await page.context().setOffline(false);
    await page.getByText('Connection trouble').waitFor({ state: 'detached' });
    expect(await dashboard(page).isVisible()).toBe(true);
    expect(app.backend.tokens).toHaveLength(2);
  });

  it('a tab that was frozen in the background is usable again within one request', async () => {
    const page = await visitReady();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    app.backend.aheadMs += 2 * HOUR;
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await page.evaluate((moved) => window.moveClock?.(moved), 2 * HOUR);
    await page.waitForFunction(() => window.app.events.filter(({ type }) => type === 'success').length === 2);
    await dashboard(page).waitFor();
    expect(app.backend.requests).toHaveLength(2);
  });

  it('a page that somebody goes back to shows nothing until a request succeeds, kept by the browser or loaded anew', async () => {
    const page = await visitReady();
    await page.getByRole('link', { name: 'Elsewhere' }).click();
    await page.waitForURL('**/elsewhere');
    const release = app.hold();
    // Once the driver has its answer: the page that gives it goes.
    await page.evaluate(() => void setTimeout(() => history.back()));
    const { reports } = app.backend;
    await waitUntil(() => expect(reports.length).toBeGreaterThan(0));
    // The shell without a window, as it comes in a package, keeps no page; browsers with one do.
    const { back } = JSON.parse(reports[0]!) as { back: 'kept' | 'loaded anew' };
    const status = back === 'kept' ? 'expired' : 'loading';
    await waitUntil(() => expect(app.backend.requests.length).toBe(2));
    expect(new Set(reports)).toEqual(new Set([JSON.stringify({ back, status, isShown: false })]));
    release();
    await waitUntil(() => expect(reports.at(-1)).toBe(JSON.stringify({ back, status: 'ready', isShown: true })));
    expect(app.backend.requests).toHaveLength(2);
  });

  it('signing out in one tab signs the others out, and what is said between them is no token', async () => {
    const context = await app.browser.newContext();
    onTestFinished(() => context.close());
    const here = await visitReady(context);
    const there = await visitReady(context);
    await there.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      new BroadcastChannel('react-upsolve-tenant').onmessage = ({ data }) => heard.push(data);
    });
    await here.evaluate(() => window.app.tenant.clear());
    expect(await dashboard(here).count()).toBe(0);
    await there.getByRole('alert').getByText('Sign in again').waitFor();
    expect(await dashboard(there).count()).toBe(0);
    const heard = await there.evaluate(() => (window as unknown as { heard: string[] }).heard);
    expect(heard).toEqual([expect.stringMatching(/^[0-9a-z]{5,15}$/)]);
  });

  it('signing out in one tab reaches another that was frozen meanwhile', async () => {
    const context = await app.browser.newContext();
    onTestFinished(() => context.close());
    const here = await visitReady(context);
    const there = await visitReady(context);
    const devtools = await context.newCDPSession(there);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await here.evaluate(() => window.app.tenant.clear());
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await there.getByRole('alert').getByText('Sign in again').waitFor();
    expect(await dashboard(there).count()).toBe(0);
    expect(app.backend.requests).toHaveLength(2);
  });

  it('nothing of the page holds the token but its memory, with a host that stores all it can see', async () => {
    const page = await visitReady();
    await page.evaluate(() => window.app.tenant.refresh());
    const held = await page.evaluate(async () =>
      JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
        location.href,
        history.state as unknown,
        document.documentElement.outerHTML,
        performance.getEntries().map(({ name }) => name),
        window.app.events,
        await indexedDB.databases(),
        await caches.keys(),
      ]),
    );
    expect(app.backend.tokens).toHaveLength(2);
    for (const token of app.backend.tokens) {
      for (const part of token.split('.')) expect(held).not.toContain(part);
    }
  });

  it('a strict Content-Security-Policy is kept in every state, without a style sheet', async () => {
    const page = await visitReady();
    // Nothing is retried by itself: the button stays until it is pressed.
    app.backend.status = 403;
    await sleep(page, 2 * HOUR);
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await page.evaluate(() => window.app.violations)).toEqual([]);
    app.backend.status = 200;
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await dashboard(page).waitFor();
    expect(await page.evaluate(() => window.app.violations)).toEqual([]);
  });
});
