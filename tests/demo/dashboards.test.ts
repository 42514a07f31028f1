import axe from 'axe-core';
import { chromium, type Browser, type Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions } from '../setup/chromium.ts';
import { waitUntil } from '../setup/waitUntil.ts';
import { hubFrames, openDemo } from './openDemo.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

describe.concurrent('the dashboards of the demo', () => {
  it('draw the tenant’s charts, as a component and in a frame', async () => {
    const { page, native, framed, complaints, close } = await openDemo(browser, inject('demoUrl'));
    for (const dashboard of [native, framed]) {
      expect(await dashboard.getAttribute('data-tenant')).toBe('Northwind');
      expect(await dashboard.getByRole('article').count()).toBe(2);
      expect(await dashboard.locator('svg path').count()).toBeGreaterThan(4);
    }
    expect(hubFrames(page)).toHaveLength(1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('get a new token without a reload of the page, well inside a minute', async () => {
    const { page, native, framed, complaints, close } = await openDemo(browser, inject('demoUrl'));
    await page.evaluate('window.isSamePage = true');
    const tokenOf = (dashboard: Locator): Promise<string | null> => dashboard.getAttribute('data-token');
    const atFirst = await tokenOf(native);
    await page.selectOption('#lifetime', '10');
    await page.getByRole('button', { name: 'Hand over now' }).click();
    for (const dashboard of [native, framed])
      await waitUntil(async () => expect(await tokenOf(dashboard)).not.toBe(atFirst));

    // From here on nobody asks for anything: the schedule and the deadline of the handover do it.
    const asked = await tokenOf(native);
    for (const dashboard of [native, framed])
      await waitUntil(async () => expect(await tokenOf(dashboard)).not.toBe(asked));
    const log = await page.locator('.log').textContent();
    expect(log).toContain('asked (scheduled)');
    expect(log).toContain('handover (deadline)');
    expect(await page.evaluate('window.isSamePage')).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });

  it('fit a telephone', async () => {
    const { page, native, close } = await openDemo(browser, inject('demoUrl'), {
      viewport: { width: 375, height: 740 },
    });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(375);
    expect((await native.boundingBox())?.width).toBeLessThanOrEqual(351);
    await page.getByRole('button', { name: 'Refresh now' }).scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await close();
  });

  it.each(['light', 'dark'] as const)('hold nothing that axe finds, in %s', async (colorScheme) => {
    const { page, close } = await openDemo(browser, inject('demoUrl'), { colorScheme, bypassCSP: true });
    for (const frame of [page.mainFrame(), ...hubFrames(page)]) {
      await frame.evaluate(axe.source);
      expect(await frame.evaluate(findViolations)).toEqual([]);
    }
    await close();
  });

  it('share filters with the page, where the frame is an application', async () => {
    const { page, framed, complaints, close } = await openDemo(browser, inject('demoUrl'));
    await page.getByRole('button', { name: 'Application' }).click();
    await framed.getByLabel('Period').selectOption('6');
    await page.locator('#search').getByText('?f_period=6').waitFor();
    await page.getByRole('button', { name: 'Last quarter, north' }).click();
    await framed.getByLabel('Region').waitFor();
    expect(await framed.getByLabel('Region').inputValue()).toBe('North');
    expect(await framed.getByLabel('Period').inputValue()).toBe('3');
    expect(complaints).toEqual([]);
    await close();
  });
});

async function findViolations(): Promise<string[]> {
  const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
