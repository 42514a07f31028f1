import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions } from '../setup/chromium.ts';
import { waitUntil } from '../setup/waitUntil.ts';
import { readShift } from './layoutShift.ts';
import { hubFrames, openDemo, showAs, type Way } from './openDemo.ts';

interface Place {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

describe.concurrent('nothing jumps in the demo', () => {
  it.each<[Way, number, number]>([
    ['Native', 1400, 1000],
    ['Frame', 1400, 1000],
    ['Native', 390, 844],
  ])('at a handover and a switch of tenant, %s, %d × %d', async (way, width, height) => {
    const { page, dashboard, close } = await openDemo(browser, inject('demoUrl'), {
      way,
      hasPanel: true,
      viewport: { width, height },
    });
    const box = page.locator('.box');
    const boxBefore = await box.boundingBox();
    const token = await dashboard.getAttribute('data-token');
    await readShift(page);

    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.getByRole('button', { name: 'Hand over now' }).click();
    await waitUntil(async () => expect(await dashboard.getAttribute('data-token')).not.toBe(token));
    expect(await readShift(page)).toBeLessThanOrEqual(0.01);

    await page.evaluate(() => scrollTo(0, 0));
    await readShift(page);
    await page.selectOption('#tenant', 'contoso');
    await waitUntil(async () => expect(await dashboard.getAttribute('data-tenant')).toBe('Contoso'));
    expect(await readShift(page)).toBeLessThanOrEqual(0.01);
    expect((await box.boundingBox())?.height).toBe(boxBefore?.height);

    // What counts them does count.
    await page.evaluate(() => (document.querySelector<HTMLElement>('.bar')!.style.paddingBottom = '200px'));
    await waitUntil(async () => expect(await readShift(page)).toBeGreaterThan(0.01));
    await close();
  });

  it('at a switch between native and frame, and while nothing can be shown', async () => {
    const { page, native, framed, guard, close } = await openDemo(browser, inject('demoUrl'));
    const box = page.locator('.box');
    const before = await box.boundingBox();
    await readShift(page);
    await showAs(page, 'Frame');
    await framed.waitFor();
    await showAs(page, 'Native');
    await native.waitFor();
    await page.getByRole('button', { name: 'The backend fails' }).click();
    await page.getByRole('button', { name: 'Stop the backend' }).click();
    await page.getByRole('button', { name: 'Let the token run out' }).click();
    await guard.and(page.locator('[data-status=error]')).waitFor();
    expect(await box.boundingBox()).toEqual(before);
    expect(await guard.boundingBox().then((place) => place?.height)).toBe((before?.height ?? 0) - 2);
    expect(await readShift(page)).toBeLessThanOrEqual(0.01);
    await close();
  });
});

describe.concurrent('the notice of a failing refresh covers nothing of the demo’s dashboard', () => {
  it.each([
    [1400, 1000],
    [390, 844],
  ])('at %d × %d, native and framed, wherever it is scrolled', async (width, height) => {
    const { page, framed, close } = await openDemo(browser, inject('demoUrl'), { viewport: { width, height } });
    await page.getByRole('button', { name: 'The backend fails' }).click();
    await page.getByRole('button', { name: 'Stop the backend' }).click();
    const notice = page.locator('.upsolve-tenant__notice');

    await notice.waitFor();
    const natively = await notice.evaluate(findPlace);
    for (const share of [0, 0.5, 1]) {
      await page.locator('.native').evaluate(scrollToShare, share);
      expect(await page.evaluate(findCovered, natively)).toEqual(['strip']);
    }

    await showAs(page, 'Frame');
    await framed.waitFor();
    await notice.waitFor();
    const place = await notice.evaluate(findPlace);
    const { x, y } = (await page.locator('.framed iframe').boundingBox())!;
    const inFrame = { left: place.left - x, top: place.top - y, right: place.right - x, bottom: place.bottom - y };
    const [frame] = hubFrames(page);
    for (const share of [0, 0.5, 1]) {
      await frame!.locator(':root').evaluate(scrollToShare, share);
      expect(await frame!.evaluate(findCovered, inFrame)).toEqual(['strip']);
    }
    await close();
  });
});

function findPlace(element: Element): Place {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
}

function scrollToShare(element: Element, share: number): void {
  element.scrollTop = share * (element.scrollHeight - element.clientHeight);
}

/** Runs in the page or the frame: what of the dashboard is painted at the place, each thing once. A scrollbar's place is none. */
function findCovered({ left, top, right, bottom }: Place): string[] {
  const covered = new Set<string>();
  for (let x = left; x <= right; x += 3) {
    for (let y = top; y <= bottom; y += 3) {
      const below = document.elementsFromPoint(x, y).find((element) => element.closest('[data-upsolve]'));
      if (below) covered.add(below.getAttribute('data-upsolve') ?? below.outerHTML.slice(0, 80));
    }
  }
  return [...covered];
}
