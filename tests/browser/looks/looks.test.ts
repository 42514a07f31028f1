import type { Page } from 'playwright';
import type { FakeTenantState } from 'react-upsolve-tenant/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../src/core/errors';
import { REACT_MAJOR } from '../buildPage';
import { type Looks, openLooks } from './openLooks';
import type { Scene } from './page/looks';

let looks: Looks;
beforeAll(async () => {
  looks = await openLooks();
});
afterAll(() => looks.close());

const TILE = { width: '16rem', height: '10rem', overflow: 'hidden' };
const FAILED: FakeTenantState = { status: 'error', error: 'server' };

const show = (page: Page, scene: Scene) => page.evaluate((scene) => window.show(scene), scene);
const measure = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);

/** The texts and controls that stick out of the box, or that something hides. */
const findCut = (page: Page) =>
  page.locator('.box').evaluate((box) => {
    const place = box.getBoundingClientRect();
    return [...box.querySelectorAll('p, span, button, a, svg')]
      .filter((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return left < place.left || right > place.right || top < place.top || bottom > place.bottom;
      })
      .map((element) => element.textContent || element.tagName);
  });
/** What a screen reader would say by itself. */
const listSaid = (page: Page) =>
  page
    .locator('[role=alert], [role=status]')
    .evaluateAll((regions) => regions.map((region) => region.textContent.trim()).filter((text) => text !== ''));

describe.concurrent(`on React ${REACT_MAJOR}, in a tile of 16 by 10 rem that cuts off what is too much`, () => {
  it.each([
    { rootSize: '16px', direction: 'ltr' },
    { rootSize: '32px', direction: 'rtl' },
  ])('every error is whole with its button, with text of $rootSize, $direction', async ({ rootSize, direction }) => {
    const page = await looks.open();
    await page.evaluate(
      ({ rootSize, direction }) => {
        document.documentElement.style.fontSize = rootSize;
        document.documentElement.dir = direction;
      },
      { rootSize, direction },
    );
    const cut: Record<string, string[]> = {};
    for (const error of ERROR_CODES) {
      await show(page, { state: { status: 'error', error }, box: TILE, hasSignIn: true });
      expect(await page.getByRole('button').count()).toBe(1);
      const found = await findCut(page);
      if (found.length > 0) cut[error] = found;
    }
    expect(cut).toEqual({});
    await page.close();
  });

  it('waiting and the notice are whole, and the box is not outgrown', async () => {
    const page = await looks.open();
    for (const state of [
      { status: 'loading' },
      { status: 'expired' },
      { status: 'ready', error: 'network' },
    ] satisfies FakeTenantState[]) {
      await show(page, { state, box: TILE });
      expect(await findCut(page)).toEqual([]);
      expect(await measure(page, '.upsolve-tenant')).toMatchObject({ width: 256, height: 160 });
    }
    await page.close();
  });
});

describe.concurrent(`on React ${REACT_MAJOR}, the guard’s height`, () => {
  const heightOf = async (page: Page, scene: Scene): Promise<number> => {
    await show(page, scene);
    return (await measure(page, '.upsolve-tenant')).height;
  };

  it('is 20 rem where nothing gives it one, and grows and shrinks with its dashboard', async () => {
    const page = await looks.open();
    for (const state of [{ status: 'loading' }, FAILED] satisfies FakeTenantState[]) {
      expect(await heightOf(page, { state })).toBe(320);
    }
    const ready: FakeTenantState = { status: 'ready' };
    expect(await heightOf(page, { state: ready, dashboardHeight: 100 })).toBe(320);
    expect(await heightOf(page, { state: ready, dashboardHeight: 900 })).toBe(900);
    expect(await heightOf(page, { state: { status: 'expired' }, dashboardHeight: 900 })).toBe(900);
    expect(await heightOf(page, { state: ready, dashboardHeight: 400 })).toBe(400);
    await page.close();
  });

  it('is that of its place where there is one, small or large, and the dashboard has all of it', async () => {
    const page = await looks.open();
    for (const height of ['4rem', '12rem', '40rem']) {
      const pixels = parseFloat(height) * 16;
      for (const state of [{ status: 'loading' }, { status: 'ready' }] satisfies FakeTenantState[]) {
        expect(await heightOf(page, { state, box: { height }, dashboardHeight: '100%' })).toBe(pixels);
      }
      expect((await measure(page, '.dashboard')).height).toBe(pixels);
    }
    await page.close();
  });

  it('keeps what is said in view in the place of a dashboard that is longer than the window', async () => {
    const page = await looks.open({ viewport: { width: 800, height: 600 } });
    await show(page, { state: { status: 'ready' }, dashboardHeight: 5_000 });
    await page.evaluate(() => scrollTo(0, 3_500));
    await show(page, { state: { status: 'expired' }, dashboardHeight: 5_000 });
    expect(await page.evaluate(() => scrollY)).toBe(3_500);
    const { top, bottom } = await measure(page, '.upsolve-tenant__spinner');
    expect(top).toBeGreaterThan(0);
    expect(bottom).toBeLessThan(600);
    await page.close();
  });
});

describe.concurrent(`on React ${REACT_MAJOR}, what is said`, () => {
  it('is said once by three guards that come to it together', async () => {
    const page = await looks.open();
    await show(page, { state: { status: 'ready' }, guards: 3 });
    for (const [state, said] of [
      [{ status: 'expired' }, ['Reconnecting…']],
      [FAILED, ['The dashboard isn’t availableThe service is busy.']],
      [{ status: 'ready', error: 'server' }, ['Connection trouble. The dashboard may close soon.×']],
      [{ status: 'loading' }, ['Loading dashboard…']],
    ] satisfies [FakeTenantState, string[]][]) {
      await show(page, { state, guards: 3 });
      expect(await listSaid(page)).toEqual(said);
    }
    await page.close();
  });

  it('is said by a guard in view where the first is in a closed tab of the page', async () => {
    const page = await looks.open();
    await show(page, { state: { status: 'ready' }, guards: 2 });
    await page
      .locator('.box')
      .first()
      .evaluate((box) => (box.style.display = 'none'));
    await show(page, { state: FAILED, guards: 2 });
    expect(await page.locator('.box').last().getByRole('alert').count()).toBe(1);
    await page.close();
  });
});

describe.concurrent(`on React ${REACT_MAJOR}, a change of state`, () => {
  /** What fades in as this scene is shown; looked at before time goes on. */
  const listFades = (page: Page, scene: Scene) =>
    page.evaluate((scene) => {
      window.show(scene);
      return document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().duration === 140)
        .map(({ effect }) => ((effect as KeyframeEffect).target as Element).className);
    }, scene);
  const BOTH = ['upsolve-tenant__stage', 'upsolve-tenant__status'];

  it('fades in, and what is first, or follows what was hardly there, is there at once', async () => {
    const page = await looks.open();
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(60_000);
    expect(await listFades(page, { state: { status: 'ready' } })).toEqual([]);
    await page.clock.runFor(99);
    expect(await listFades(page, { state: { status: 'expired' } })).toEqual([]);
    await page.clock.runFor(200);
    expect(await listFades(page, { state: FAILED })).toEqual(BOTH);
    await page.close();
  });

  it('moves nothing for who wants less motion', async () => {
    const page = await looks.open({ reducedMotion: 'reduce' });
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(60_000);
    await listFades(page, { state: { status: 'ready' } });
    await page.clock.runFor(200);
    expect(await listFades(page, { state: FAILED })).toEqual([]);
    await page.close();
  });
});

describe.concurrent(`on React ${REACT_MAJOR}, the notice`, () => {
  it('lies in the corner, is no larger than what it says, and can be put away', async () => {
    const page = await looks.open({ viewport: { width: 800, height: 600 } });
    await show(page, { state: { status: 'ready', error: 'server' }, dashboardHeight: 400 });
    const notice = await measure(page, '.upsolve-tenant__notice');
    const guard = await measure(page, '.upsolve-tenant');
    expect(guard.right - notice.right).toBe(8);
    expect(guard.bottom - notice.bottom).toBe(8);
    expect(notice.height).toBeLessThanOrEqual(32);
    const beside = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x!, y!)?.className,
      [notice.left - 12, notice.top],
    );
    expect(beside).toBe('dashboard');
    // As large as a finger needs it.
    const target = await measure(page, '.upsolve-tenant__dismiss');
    expect(Math.min(target.width, target.height)).toBeGreaterThanOrEqual(24);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await page.locator('.upsolve-tenant__notice').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('upsolve-tenant__stage');
    // Another failure is news.
    await show(page, { state: { status: 'ready', error: 'network' }, dashboardHeight: 400 });
    expect(await page.locator('.upsolve-tenant__notice').count()).toBe(1);
    await page.close();
  });
});
