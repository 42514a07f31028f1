import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { waitUntil } from '../../setup/waitUntil';
import { REACT_MAJOR } from '../buildPage';
import { type OpenApp, openApp } from './openApp';
import type {} from './page/app';

let app: OpenApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(() => app.reset());

const dashboard = (page: Page) => page.getByRole('region', { name: 'Fake Upsolve dashboard' });

async function visitReady(query: Record<string, string>, context?: BrowserContext): Promise<Page> {
  const page = await app.visit({ context, query });
  onTestFinished(() => page.close());
  await dashboard(page).waitFor();
  return page;
}

/** The view is kept, and nobody sees it. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(() => window.app.setHidden(true));
  await dashboard(page).waitFor({ state: 'hidden' });
  expect(await page.locator('section').count()).toBe(1);
}

// React 18 has no Activity.
describe.runIf(REACT_MAJOR !== '18')('a view that an Activity keeps', () => {
  it.each(['provider', 'guard'])('with its %s, is revealed as it was', async (kept) => {
    const page = await visitReady({ kept });
    await hide(page);
    await page.evaluate(() => window.app.setHidden(false));
    await dashboard(page).waitFor();
    expect(app.backend.requests).toHaveLength(1);
  });

  it.each(['provider', 'guard'])(
    'with its %s, is revealed without a paint of the dashboard after another tab signed out',
    async (kept) => {
      const context = await app.browser.newContext();
      onTestFinished(() => context.close());
      const here = await visitReady({}, context);
      const there = await visitReady({ kept }, context);
      await hide(there);
      await here.evaluate(() => window.app.tenant.clear());
      await there.waitForFunction(() => window.app.events.some(({ type }) => type === 'clear'));
      const sample = await there.evaluateHandle(() => window.app.sampleShown());
      await there.evaluate(() => window.app.setHidden(false));
      await there.getByRole('alert').getByText('Sign in again').waitFor();
      expect(await sample.evaluate(({ looks }) => looks)).toBeGreaterThan(0);
      expect(await sample.evaluate(({ shown }) => shown)).toBe(0);
      const { status, code } = await there.evaluate(() => {
        const { status, error } = window.app.tenant;
        return { status, code: error?.code };
      });
      expect({ status, code }).toEqual({ status: 'error', code: 'unauthenticated' });
      expect(app.backend.requests).toHaveLength(2);
    },
  );

  it('shows nothing after the back/forward cache until one request has succeeded', async () => {
    const page = await visitReady({ kept: 'provider' });
    await hide(page);
    await page.getByRole('link', { name: 'Elsewhere' }).click();
    await page.waitForURL('**/elsewhere');
    const release = app.hold();
    // Once the driver has its answer: the page that gives it goes.
    await page.evaluate(() => void setTimeout(() => history.back()));
    const { reports } = app.backend;
    await waitUntil(() => expect(app.backend.requests).toHaveLength(2));
    await waitUntil(() => expect(reports.at(-1)).toMatch(/expired|loading/));
    // The shell without a window, as it comes in a package, keeps no page; browsers with one do.
    const { back } = JSON.parse(reports[0]!) as { back: 'kept' | 'loaded anew' };
    const status = back === 'kept' ? 'expired' : 'loading';
    expect(reports.at(-1)).toBe(JSON.stringify({ back, status, isShown: false }));
    expect(reports.filter((told) => told.includes('"isShown":true'))).toEqual([]);
    release();
    await waitUntil(() => expect(reports.at(-1)).toBe(JSON.stringify({ back, status: 'ready', isShown: true })));
    expect(app.backend.requests).toHaveLength(2);
  });
});
