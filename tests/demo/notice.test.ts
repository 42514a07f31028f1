import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions } from '../setup/chromium.ts';
import { hubFrames, openDemo, showAs } from './openDemo.ts';

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
      await page.locator('.native').evaluate(scrollTo, share);
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
      await frame!.locator(':root').evaluate(scrollTo, share);
      expect(await frame!.evaluate(findCovered, inFrame)).toEqual(['strip']);
    }
    await close();
  });
});

function findPlace(element: Element): Place {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
}

function scrollTo(element: Element, share: number): void {
  element.scrollTop = share * (element.scrollHeight - element.clientHeight);
}

/** Runs in the page or the frame: what of the dashboard is painted at the place, each thing once. */
function findCovered({ left, top, right, bottom }: Place): string[] {
  const covered = new Set<string>();
  for (let x = left; x <= right; x += 3) {
    for (let y = top; y <= bottom; y += 3) {
      const below = document.elementsFromPoint(x, y).find((element) => element.closest('[data-upsolve]'));
      covered.add(below?.getAttribute('data-upsolve') ?? below?.outerHTML.slice(0, 80) ?? 'nothing');
    }
  }
  return [...covered];
}
