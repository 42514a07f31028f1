import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions } from '../setup/chromium.ts';
import { waitUntil } from '../setup/waitUntil.ts';
import { openDemo, showAs } from './openDemo.ts';

/** What is on screen in one painted frame. */
interface Sample {
  /** How many steps are said to have had their effect. */
  told: number;
  status: string | undefined;
  hasNotice: boolean;
  /** Whose dashboard is there. */
  shown: string[];
}

/** The browser's own words for an answer that a scene asked for. */
const ASKED_FOR = /status of 503/;

const source = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../demo/${path}`, import.meta.url)), 'utf8');

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

describe.concurrent('the scenes of the demo', () => {
  it.each(['Native', 'Frame'] as const)(
    'a laptop sleeps, %s: each effect is told in the frame it is seen in',
    async (way) => {
      const { page, dashboard, guard, complaints, close } = await openDemo(browser, inject('demoUrl'), { way });
      await page.evaluate(sampleEveryFrame);
      const token = await dashboard.getAttribute('data-token');
      await page.getByRole('button', { name: 'Close the lid for an hour' }).click();
      await page.getByText('The dashboard has gone').waitFor();
      expect(await guard.getByText('Reconnecting…').isVisible()).toBe(true);
      expect(await dashboard.count()).toBe(0);
      expect(await page.getByText('A new token came').isVisible()).toBe(false);

      await page.getByRole('button', { name: 'Let the backend answer' }).click();
      await page.getByText('A new token came').waitFor();
      await dashboard.waitFor();
      expect(await dashboard.getAttribute('data-token')).not.toBe(token);

      const samples = await readSamples(page);
      expect(phasesOf(samples, ({ told, status }) => `${told} ${status}`)).toEqual(['0 ready', '1 expired', '2 ready']);
      expect(samples.filter(({ told, shown }) => told === 1 && shown.length > 0)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('the backend fails: the dashboard stays while its token is good, goes with it, and comes back', async () => {
    const { page, native, guard, complaints, close } = await openDemo(browser, inject('demoUrl'), { hasPanel: true });
    await page.evaluate(sampleEveryFrame);
    await page.getByRole('button', { name: 'The backend fails' }).click();
    await page.getByRole('button', { name: 'Stop the backend' }).click();
    await page.getByText('the dashboard stays, with a small notice').waitFor();
    // After two in a row nothing is awaited between the end of the token and the error.
    await page.locator('.facts div', { hasText: /^Failures in a row[2-9]/ }).waitFor();
    expect(await native.isVisible()).toBe(true);
    expect(await page.locator('.upsolve-tenant__notice').isVisible()).toBe(true);

    await page.getByRole('button', { name: 'Let the token run out' }).click();
    await page.getByText('the page goes on trying').waitFor();
    expect(await native.count()).toBe(0);
    expect(await guard.getByRole('alert').isVisible()).toBe(true);
    expect(await guard.getByRole('button').count()).toBe(1);

    await page.getByRole('button', { name: 'Start the backend and try again' }).click();
    await page.getByText('the dashboard is back').waitFor();
    await native.waitFor();
    expect(await page.locator('.upsolve-tenant__notice').count()).toBe(0);

    const samples = await readSamples(page);
    const phases = phasesOf(samples, (sample) => `${sample.told} ${sample.status} ${sample.hasNotice}`);
    expect(phases).toEqual(['0 ready false', '1 ready true', '2 error false', '3 ready false']);
    expect(samples.filter(({ told, shown }) => told === 2 && shown.length > 0)).toEqual([]);
    expect(complaints.filter((text) => !ASKED_FOR.test(text))).toEqual([]);
    await close();
  });

  it('another tenant: the former one’s dashboard goes in the frame in which that is told', async () => {
    const { page, native, guard, complaints, close } = await openDemo(browser, inject('demoUrl'));
    await page.evaluate(sampleEveryFrame);
    await page.getByRole('button', { name: 'Another tenant' }).click();
    await page.getByRole('button', { name: 'Switch to Contoso' }).click();
    await page.getByText('Northwind’s dashboard and token went').waitFor();
    expect(await guard.getByText('Loading dashboard…').isVisible()).toBe(true);
    expect(await native.count()).toBe(0);
    expect(await page.locator('#tenant').inputValue()).toBe('contoso');

    await page.getByRole('button', { name: 'Let the backend answer' }).click();
    await page.getByText('Contoso’s token came').waitFor();
    await native.and(page.locator('[data-tenant=Contoso]')).waitFor();

    const samples = await readSamples(page);
    expect(phasesOf(samples, ({ told, status }) => `${told} ${status}`)).toEqual(['0 ready', '1 loading', '2 ready']);
    expect(new Set(samples.map(({ told, shown }) => `${told} ${shown.join()}`))).toEqual(
      new Set(['0 Northwind', '1 ', '2 ', '2 Contoso']),
    );
    // The next one is told of the tenant that is signed in by now.
    await page.getByRole('button', { name: 'Once more' }).click();
    await page.getByRole('button', { name: 'Switch to Fabrikam' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('a scene that is left half way spoils nothing that follows', async () => {
    const { page, native, complaints, close } = await openDemo(browser, inject('demoUrl'));
    await page.getByRole('button', { name: 'The backend fails' }).click();
    await page.getByRole('button', { name: 'Stop the backend' }).click();
    await page.locator('.upsolve-tenant__notice').waitFor();
    await Promise.all([
      page.waitForResponse('**/demo/session'),
      page.getByRole('button', { name: 'Another tenant' }).click(),
    ]);
    // An attempt on its way while the session changes would be refused, and the browser would complain of that.
    await page.locator('.upsolve-tenant__notice').waitFor({ state: 'detached' });
    await page.selectOption('#tenant', 'fabrikam');
    await native.and(page.locator('[data-tenant=Fabrikam]')).waitFor();
    await page.getByRole('button', { name: 'Switch to Northwind' }).waitFor();
    expect(complaints.filter((text) => !ASKED_FOR.test(text))).toEqual([]);
    await close();
  });

  it('on a telephone cause and effect are on one screen', async () => {
    const { page, guard, close } = await openDemo(browser, inject('demoUrl'), {
      viewport: { width: 390, height: 844 },
    });
    for (const [scene, cause] of [
      ['A laptop sleeps', 'Close the lid for an hour'],
      ['The backend fails', 'Stop the backend'],
      ['Another tenant', 'Switch to Contoso'],
    ] as const) {
      await page.getByRole('button', { name: scene }).click();
      await page.getByRole('button', { name: cause }).click();
      const effect = page.locator('[data-is=done] .effect:visible');
      await effect.waitFor();
      expect(await page.evaluate(() => scrollY)).toBe(0);
      for (const part of [page.locator('.go'), effect, guard]) {
        const { y, height } = (await part.boundingBox())!;
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y + height).toBeLessThanOrEqual(844);
      }
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await close();
  });

  it('stand beside the very files that the demo runs on, with the line marked that each turns on', async () => {
    const { page, close } = await openDemo(browser, inject('demoUrl'));
    const code = page.locator('.code pre');
    for (const [scene, path, line] of [
      ['A laptop sleeps', 'page/dashboard/NativeDashboard.tsx', '<SecureUpsolveDashboard'],
      ['The backend fails', 'page/TenantProvider.tsx', 'refreshEndpoint="/upsolve/tenant/refresh-token"'],
      ['Another tenant', 'page/TenantProvider.tsx', 'tenantId={session?.tenantId ?? null}'],
    ] as const) {
      await page.getByRole('button', { name: scene }).click();
      expect((await code.textContent())?.trimEnd()).toBe(source(path).trimEnd());
      expect(await code.locator('mark').evaluate(isInSight)).toBe(true);
      expect((await code.locator('mark').allTextContents()).map((text) => text.trim())).toEqual([line]);
    }
    await page.getByRole('button', { name: 'Backend', exact: true }).click();
    expect((await code.textContent())?.trimEnd()).toBe(source('backend/tenantHandler.ts').trimEnd());
    await page.getByRole('button', { name: 'A laptop sleeps' }).click();
    await showAs(page, 'Frame');
    expect((await code.textContent())?.trimEnd()).toBe(source('page/dashboard/FramedDashboard.tsx').trimEnd());
    await close();
  });
});

/** What follows on what, each once as long as it lasts. */
function phasesOf(samples: readonly Sample[], tell: (sample: Sample) => string): string[] {
  return samples.map(tell).filter((phase, index, all) => phase !== all[index - 1]);
}

async function readSamples(page: Page): Promise<Sample[]> {
  await waitUntil(async () => {
    const samples = await page.evaluate<Sample[]>('window.samples');
    expect(samples.at(-1)?.shown).not.toEqual([]);
  });
  return await page.evaluate<Sample[]>('window.samples');
}

/** Runs in the page: after each frame that is painted, what was to be seen in it. */
function sampleEveryFrame(): void {
  const samples: Sample[] = [];
  (window as unknown as { samples: Sample[] }).samples = samples;
  const sample = (): void => {
    const isSeen = (element: Element): boolean => getComputedStyle(element).visibility === 'visible';
    const guard = document.querySelector<HTMLElement>('.box > [data-status]');
    const dashboards = [...document.querySelectorAll<HTMLElement>('.box [data-tenant], .box iframe')];
    samples.push({
      told: [...document.querySelectorAll('.effect')].filter(isSeen).length,
      status: guard?.dataset.status,
      hasNotice: document.querySelector('.upsolve-tenant__notice') !== null,
      shown: dashboards.map(({ dataset }) => dataset.tenant ?? 'frame'),
    });
    requestAnimationFrame(sample);
  };
  requestAnimationFrame(sample);
}

/** Runs in the page: whether a line is where its box is scrolled to. */
function isInSight(mark: Element): boolean {
  const { top, bottom } = mark.getBoundingClientRect();
  const box = mark.parentElement!.getBoundingClientRect();
  return top >= box.top && bottom <= box.bottom;
}
