import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions } from '../setup/chromium.ts';
import { holdAnswer, openDemo } from './openDemo.ts';

/** The browser's own words for an answer that one of the buttons asked for. */
const ASKED_FOR = /status of (503|403)/;

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

describe.concurrent('the buttons of the demo', () => {
  it('Expire now takes the dashboard away, shows the spinner, and a new token brings it back', async () => {
    const { page, native, status, complaints, close } = await openDemo(browser, inject('demoUrl'), { hasPanel: true });
    const before = await page.locator('#newest').textContent();
    const answer = await holdAnswer(page);
    await page.getByRole('button', { name: 'Expire now' }).click();
    await page.locator('.native').getByText('Reconnecting…').waitFor();
    expect(await native.count()).toBe(0);
    answer.release();
    await native.waitFor();
    expect(await status.textContent()).toBe('ready');
    expect(await page.locator('#newest').textContent()).not.toBe(before);
    expect(complaints).toEqual([]);
    await close();
  });

  it('Fail next keeps the dashboard and says so quietly, until the retry has put it right', async () => {
    const { page, native, status, complaints, close } = await openDemo(browser, inject('demoUrl'), { hasPanel: true });
    const token = await native.getAttribute('data-token');
    const retry = await holdAnswer(page, { passing: 1 });
    await page.getByRole('button', { name: 'Fail next' }).click();
    const notice = page.locator('.native .upsolve-tenant__notice');
    await notice.waitFor();
    expect(await status.textContent()).toBe('ready');
    expect(await native.getAttribute('data-token')).toBe(token);
    expect(await page.getByText('Reconnecting…').count()).toBe(0);
    retry.release();
    await notice.waitFor({ state: 'detached' });
    expect(await status.textContent()).toBe('ready');
    expect(complaints.filter((text) => !ASKED_FOR.test(text))).toEqual([]);
    await close();
  });

  it('Fail until told otherwise ends in an error, whose button works by keyboard', async () => {
    const { page, native, status, complaints, close } = await openDemo(browser, inject('demoUrl'), { hasPanel: true });
    await Promise.all([page.waitForResponse('**/demo/session'), page.getByLabel('Fail until told otherwise').check()]);
    await page.getByRole('button', { name: 'Expire now' }).click();
    const alert = page.locator('.native').getByRole('alert');
    await alert.getByText('The dashboard isn’t available').waitFor();
    expect(await status.textContent()).toBe('error');
    expect(await native.count()).toBe(0);

    // After a 403 nothing is asked by itself: the error stays until its button is pressed.
    await Promise.all([
      page.waitForResponse('**/demo/session'),
      page.getByLabel('Failures are').selectOption('forbidden'),
    ]);
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await alert.getByText('No access').waitFor();
    // The page's own try may have been refused first: then the one that was asked for is still under way.
    await page.locator('.native').getByRole('button', { name: 'Try again' }).waitFor();
    await Promise.all([
      page.waitForResponse('**/demo/session'),
      page.getByLabel('Fail until told otherwise').uncheck(),
    ]);
    await page.locator('.native').getByRole('button', { name: 'Try again' }).focus();
    await page.keyboard.press('Enter');
    await native.waitFor();
    expect(await status.textContent()).toBe('ready');
    expect(complaints.filter((text) => !ASKED_FOR.test(text))).toEqual([]);
    await close();
  });

  it('Connection cut fails the page’s requests at the socket, as many as were asked for', async () => {
    const { page, native, status, complaints, close } = await openDemo(browser, inject('demoUrl'), { hasPanel: true });
    const failures: (string | undefined)[] = [];
    page.on('requestfailed', (request) => {
      if (request.url().includes('/upsolve/')) failures.push(request.failure()?.errorText);
    });
    const answers: number[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/upsolve/')) answers.push(response.status());
    });
    await Promise.all([
      page.waitForResponse('**/demo/session'),
      page.getByLabel('Failures are').selectOption('network'),
    ]);
    await page.getByRole('button', { name: 'Fail next' }).click();
    await page.locator('.log').getByText('Got no token: network').waitFor();
    expect(await native.isVisible()).toBe(true);
    await page.locator('.log').getByText('another try').waitFor();
    await page.locator('.native .upsolve-tenant__notice').waitFor({ state: 'detached' });
    expect(failures).toEqual([expect.stringMatching(/^net::ERR_(EMPTY_RESPONSE|CONNECTION_|SOCKET_)/)]);

    await Promise.all([page.waitForResponse('**/demo/session'), page.getByLabel('Fail until told otherwise').check()]);
    await page.getByRole('button', { name: 'Expire now' }).click();
    await page.locator('.native').getByRole('alert').getByText('No connection').waitFor();
    expect(await status.textContent()).toBe('error');
    expect(failures.length).toBeGreaterThan(1);
    expect(answers.filter((code) => code !== 200)).toEqual([]);
    expect(complaints.filter((text) => !/net::ERR_/.test(text))).toEqual([]);
    await close();
  });

  it('Go slow keeps the dashboard while the answer is awaited', async () => {
    const { page, native, complaints, close } = await openDemo(browser, inject('demoUrl'), { hasPanel: true });
    await Promise.all([page.waitForResponse('**/demo/session'), page.getByLabel('Go slow').check()]);
    const answer = await holdAnswer(page);
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.locator('.facts').getByText('under way').waitFor();
    expect(await native.isVisible()).toBe(true);
    expect((await answer.answered).tookMs).toBeGreaterThan(2_900);
    expect(await native.isVisible()).toBe(true);
    answer.release();
    await page.locator('.facts').getByText('under way').waitFor({ state: 'detached' });
    expect(await native.isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });
});
