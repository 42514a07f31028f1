import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions } from '../setup/chromium.ts';
import { openDemo } from './openDemo.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

describe.concurrent('the demo by keyboard alone', () => {
  it('is walked from the skip link to the panel’s buttons, and plays a scene', async () => {
    const { page, native, framed, close } = await openDemo(browser, inject('demoUrl'));
    await page.keyboard.press('Tab');
    expect(await nameOfFocus(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');

    await tabTo(page, 'Close the lid for an hour');
    await page.keyboard.press('Enter');
    await page.getByText('The dashboard has gone').waitFor();
    expect(await nameOfFocus(page)).toBe('Let the backend answer');
    await page.keyboard.press('Enter');
    await native.waitFor();
    expect(await nameOfFocus(page)).toBe('Once more');

    await tabTo(page, 'Frame');
    await page.keyboard.press('Enter');
    await framed.waitFor();
    await tabTo(page, 'Every button, state and event');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Expire now');
    await close();
  });

  it('keeps the focus at a sign-out and a sign-in', async () => {
    const { page, native, close } = await openDemo(browser, inject('demoUrl'));
    await tabTo(page, 'Sign out');
    await page.evaluate(watchForLostFocus);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Signed out' }).waitFor();
    expect(await nameOfFocus(page)).toBe('Signed out');
    await tabTo(page, 'Contoso');
    await page.keyboard.press('Enter');
    await native.and(page.locator('[data-tenant=Contoso]')).waitFor();
    expect(await nameOfFocus(page)).toBe('Dashboard');
    expect(await page.evaluate('window.lostFocus')).toBe(0);
    await close();
  });
});

function nameOfFocus(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent.trim());
}

/** As often as it takes, and no oftener than there are places. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let count = 0; count < 40; count++) {
    await page.keyboard.press('Tab');
    if ((await nameOfFocus(page)) === name) return;
  }
  throw new Error(`The focus never comes to “${name}”.`);
}

/** Runs in the page: counts the painted frames in which nothing has the focus. */
function watchForLostFocus(): void {
  const watched = window as unknown as { lostFocus: number };
  watched.lostFocus = 0;
  const look = (): void => {
    if (document.activeElement === document.body) watched.lostFocus += 1;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
