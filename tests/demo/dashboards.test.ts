import axe from 'axe-core';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions } from '../setup/chromium.ts';
import { waitUntil } from '../setup/waitUntil.ts';
import { hubFrames, openDemo, showAs } from './openDemo.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

describe.concurrent('the dashboards of the demo', () => {
  it('draw the tenant’s charts, as a component and in a frame', async () => {
    const { page, native, framed, complaints, close } = await openDemo(browser, inject('demoUrl'));
    for (const [way, dashboard] of [
      ['Native', native],
      ['Frame', framed],
    ] as const) {
      await showAs(page, way);
      await dashboard.waitFor();
      expect(await dashboard.getAttribute('data-tenant')).toBe('Northwind');
      expect(await dashboard.getByRole('article').count()).toBe(2);
      expect(await dashboard.locator('svg path').count()).toBeGreaterThan(4);
      expect(hubFrames(page)).toHaveLength(way === 'Frame' ? 1 : 0);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(['Native', 'Frame'] as const)(
    'get a new token without a reload of the page, well inside a minute, %s',
    async (way) => {
      const { page, dashboard, complaints, close } = await openDemo(browser, inject('demoUrl'), {
        way,
        hasPanel: true,
      });
      await page.evaluate('window.isSamePage = true');
      const readToken = (): Promise<string | null> => dashboard.getAttribute('data-token');
      const atFirst = await readToken();
      await page.selectOption('#lifetime', '10');
      await page.getByRole('button', { name: 'Hand over now' }).click();
      await waitUntil(async () => expect(await readToken()).not.toBe(atFirst));

      // From here on nobody asks for anything: the schedule and the deadline of the handover do it.
      const asked = await readToken();
      await waitUntil(async () => expect(await readToken()).not.toBe(asked));
      const log = await page.locator('.log').textContent();
      expect(log).toContain('Asked for a token: the old one ends soon');
      expect(log).toContain('The dashboard got the new token just before the old one’s end');
      expect(await page.evaluate('window.isSamePage')).toBe(true);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('fit a telephone', async () => {
    const { page, native, close } = await openDemo(browser, inject('demoUrl'), {
      viewport: { width: 375, height: 740 },
      hasPanel: true,
    });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(375);
    expect((await native.boundingBox())?.width).toBeLessThanOrEqual(351);
    await page.getByRole('button', { name: 'Refresh now' }).scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await close();
  });

  it.each(['light', 'dark'] as const)(
    'hold nothing that axe finds, signed in and signed out, in %s',
    async (colorScheme) => {
      const { page, framed, close } = await openDemo(browser, inject('demoUrl'), { colorScheme, bypassCSP: true });
      const expectNoViolations = async (): Promise<void> => {
        for (const frame of [page.mainFrame(), ...hubFrames(page)]) {
          await frame.evaluate(axe.source);
          expect(await frame.evaluate(findViolations)).toEqual([]);
        }
      };
      await expectNoViolations();
      await showAs(page, 'Frame');
      await framed.waitFor();
      await page.locator('summary').click();
      await page.getByRole('heading', { name: 'Log' }).waitFor();
      await expectNoViolations();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Signed out' }).waitFor();
      await expectNoViolations();
      await close();
    },
  );

  it('share filters with the page, where the frame is an application', async () => {
    const { page, framed, complaints, close } = await openDemo(browser, inject('demoUrl'), { hasPanel: true });
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
