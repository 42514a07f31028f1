import { type Browser, chromium, type FrameLocator, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions, PAGE_TIMEOUT_MS } from '../setup/chromium';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

/** The whole of Storybook, as it opens on a small laptop. */
async function withManager<Result>(
  path: string,
  look: (page: Page, preview: FrameLocator) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 800 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PAGE_TIMEOUT_MS);
    await page.goto(`${inject('storybookUrl')}/index.html?path=${path}`);
    return await look(page, page.frameLocator('#storybook-preview-iframe'));
  } finally {
    await context.close();
  }
}

describe.concurrent('the whole of Storybook', () => {
  it.each(['states-status--ready', 'states-errors--forbidden', 'guide-playground--playground'])(
    'shows the strip of %s at once, with sidebar and panel open',
    async (id) => {
      await withManager(`/story/${id}`, async (page, preview) => {
        const strip = preview.getByRole('region', { name: 'Bench' });
        await strip.waitFor();
        const panel = await page.getByRole('tabpanel').first().boundingBox();
        const box = await strip.boundingBox();
        expect(box!.y).toBeGreaterThanOrEqual(0);
        expect(box!.y + box!.height).toBeLessThanOrEqual(Math.min(800, panel!.y));
        expect(box!.x + box!.width).toBeLessThanOrEqual(1_280);
      });
    },
  );

  it('keeps the strip in view however far a story is scrolled', async () => {
    await withManager('/story/behaviour-dashboards--native', async (_, preview) => {
      const strip = preview.getByRole('region', { name: 'Bench' });
      await preview.getByRole('region', { name: /^Dashboard of/ }).waitFor();
      const top = await preview.locator('html').evaluate((root) => {
        root.scrollTop = root.scrollHeight;
        return root.scrollTop;
      });
      expect(top).toBeGreaterThan(0);
      const offset = await strip.evaluate((element) => element.getBoundingClientRect().top);
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset).toBeLessThan(40);
    });
  });

  it('moves 15 minutes by three presses of “5 min forward”', async () => {
    await withManager('/story/states-status--ready', async (_, preview) => {
      await preview.getByRole('region', { name: /^Dashboard of/ }).waitFor();
      const strip = preview.getByRole('region', { name: 'Bench' });
      const moved = strip.locator('dt', { hasText: 'Clock moved by' }).locator('+ dd');
      for (const text of ['5 min', '10 min', '15 min']) {
        await strip.getByRole('button', { name: '5 min forward' }).click();
        await moved.getByText(text, { exact: true }).waitFor();
      }
    });
  });

  it('offers a control for each text, slot and permission, and none that has to be made first', async () => {
    await withManager('/story/guide-playground--playground', async (page) => {
      await page.getByLabel('loadingFallback').waitFor();
      const panel = page.getByRole('tabpanel').first();
      expect(await panel.getByRole('button', { name: /^Set (object|string|boolean|number)/ }).count()).toBe(0);
      expect(await panel.getByRole('switch').or(panel.getByRole('checkbox')).count()).toBe(13);
      expect(await panel.getByRole('combobox').count()).toBeGreaterThanOrEqual(8);
    });
  });

  it('shows code that can be copied, and follows the controls with it', async () => {
    await withManager('/story/guide-playground--playground', async (page, preview) => {
      await preview.getByRole('region', { name: /^Dashboard of/ }).waitFor();
      await page.locator('#control-loadingFallback').selectOption('skeleton');
      await page.getByRole('tab', { name: 'Code' }).click();
      const panel = page.getByRole('tabpanel').last();
      await panel.getByText('function DashboardSkeleton').first().waitFor();
      const code = await panel.innerText();
      expect(code).toContain('loadingFallback={<DashboardSkeleton />}');
      expect(code).toContain("import { SecureUpsolveDashboard, UpsolveTenantProvider } from 'react-upsolve-tenant';");
    });
  });

  it('says in the toolbar what differs from the default, and nothing else', async () => {
    await withManager('/story/states-status--ready&globals=mood:forbidden', async (page, preview) => {
      await preview.getByRole('alert').waitFor();
      const toolbar = page.getByRole('toolbar');
      await toolbar.getByText('Backend: 403').waitFor();
      expect(await toolbar.getByText('Theme', { exact: true }).count()).toBe(1);
    });
  });

  it('opens on the gallery, has a name and a mark of its own, and asks nobody', async () => {
    await withManager('', async (page, preview) => {
      const url = inject('storybookUrl');
      const strangers: string[] = [];
      page.on('request', (request) => {
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) strangers.push(request.url());
      });
      await page.reload();
      await preview.getByRole('heading', { name: 'Start here' }).waitFor();
      expect(await preview.locator('.gallery__pair').count()).toBe(7);
      expect(await preview.locator('.gallery__picture--light .upsolve-tenant').count()).toBe(7);
      expect(await preview.locator('.gallery__picture--dark .upsolve-tenant').count()).toBe(7);
      await page.getByRole('link', { name: 'react-upsolve-tenant' }).waitFor();
      const icon = await page.locator('link[rel~=icon]').first().getAttribute('href');
      expect(icon).toMatch(/favicon\.svg/);
      expect(await page.getByText(/onboarding|what.s new/i).count()).toBe(0);
      expect(strangers).toEqual([]);
    });
  });
});

describe.concurrent('pages of docs', () => {
  async function withDocs<Result>(
    id: string,
    colorScheme: 'light' | 'dark',
    look: (page: Page) => Promise<Result>,
  ): Promise<Result> {
    const context = await browser.newContext({ colorScheme });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(PAGE_TIMEOUT_MS);
      await page.goto(`${inject('storybookUrl')}/iframe.html?id=${id}&viewMode=docs`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return await look(page);
    } finally {
      await context.close();
    }
  }

  it.each(['light', 'dark'] as const)('are %s where the system is', async (scheme) => {
    const ground = await withDocs('guide-api--docs', scheme, (page) =>
      page.locator('.sbdocs-wrapper').evaluate((element) => getComputedStyle(element).backgroundColor),
    );
    const [red = 0] = (ground.match(/\d+/g) ?? []).map(Number);
    expect(red > 128).toBe(scheme === 'light');
  });

  it('mark each class of the guard on its picture', async () => {
    await withDocs('guide-anatomy--docs', 'light', async (page) => {
      await page.locator('tr[data-is-marked=true]').first().waitFor();
      await page.waitForFunction(() => document.querySelectorAll('tr[data-is-marked=false]').length === 0);
      const rows = await page.locator('tr[data-is-marked]').count();
      expect(rows).toBeGreaterThan(5);
      // What is inert is not hit, though it may lie over a number.
      await page.locator('.anatomy__guards').evaluate((guards) => guards.removeAttribute('inert'));
      const numbers = page.locator('.anatomy__number');
      expect(await numbers.count()).toBe(rows);
      for (const number of await numbers.all()) {
        await number.scrollIntoViewIfNeeded();
        expect(await number.evaluate(isOnTop)).toBe(true);
      }
    });
  });

  it('show each token’s colour in both schemes', async () => {
    await withDocs('guide-tokens--docs', 'light', async (page) => {
      const row = page.getByRole('row', { name: /--upsolve-notice-background/ }).first();
      const [light, dark] = await row
        .locator('.swatch > span')
        .evaluateAll((swatches) => swatches.map((swatch) => getComputedStyle(swatch).backgroundColor));
      expect(light).toBe('rgb(255, 255, 255)');
      expect(dark).not.toBe(light);
    });
  });
});

/** Runs in the page: whether nothing lies over the middle of an element. Markers let the pointer through, so it is let in here. */
function isOnTop(element: Element): boolean {
  (element as HTMLElement).style.pointerEvents = 'auto';
  const { left, top, width, height } = element.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) === element;
}
