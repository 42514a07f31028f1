import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchOptions } from '../setup/chromium';
import { openStory } from './openStory';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

async function withStory<Result>(id: string, look: (page: Page) => Promise<Result>): Promise<Result> {
  const context = await browser.newContext();
  try {
    const { page, end } = await openStory(context, id);
    expect(end).toEqual({ status: 'success', faults: [] });
    return await look(page);
  } finally {
    await context.close();
  }
}

const readTree = (page: Page): Promise<string> => page.locator('.upsolve-tenant').ariaSnapshot();

describe.concurrent('what a screen reader is given', () => {
  it.each([
    ['states-status--loading', '- region "Sales"\n- status: Loading dashboard…'],
    ['states-status--expired', '- region "Sales"\n- status: Reconnecting…'],
    [
      'states-status--failed',
      [
        '- region "Sales":',
        '  - alert:',
        '    - paragraph: No access',
        '    - paragraph: Ask an administrator for access.',
        '  - button "Try again"',
        '- status',
      ].join('\n'),
    ],
  ])('of %s is the whole of it', async (id, tree) => {
    expect(await withStory(id, readTree)).toBe(tree);
  });

  it('of a failing refresh is the dashboard and, after it, one small note', async () => {
    const tree = await withStory('states-status--refresh-failing-while-ready', readTree);
    expect(tree).toMatch(/^- region "Sales":\n {2}- region "Dashboard of Acme":/);
    expect(tree).toMatch(/\n- status:\n {2}- text: Connection trouble\. [^\n]+\n {2}- button "Dismiss": ×$/);
    expect(tree).not.toContain('alert');
  });

  it('of a good dashboard is nothing but it: the live region is there, and empty', async () => {
    expect(await withStory('states-status--ready', readTree)).toMatch(/\n- status$/);
  });

  it('says each thing once on the way from a lost session to a good one', async () => {
    const said = await withStory('behaviour-time--signs-in-again', async (page) => {
      const backend = page.getByRole('combobox', { name: 'Backend' });
      await page.evaluate(recordLiveTexts);
      await backend.selectOption('unauthenticated');
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page.getByRole('alert').waitFor();
      await backend.selectOption('ok');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('region', { name: /^Dashboard of/ }).waitFor();
      return await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    });
    expect(said.filter((text) => text.includes('Your session has ended'))).toHaveLength(1);
    expect(said.filter((text, index) => text === said[index + 1])).toEqual([]);
  });
});

describe.concurrent('with a keyboard alone', () => {
  it.each(['states-errors--forbidden', 'edge-cases-size--small-tile', 'customise-slots--error-fallback'])(
    'the button of %s is reached and works',
    async (id) => {
      await withStory(id, async (page) => {
        await page.getByRole('combobox', { name: 'Backend' }).selectOption('ok');
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
        await page.locator('.upsolve-tenant').evaluate((guard) => {
          const before = document.createElement('a');
          before.href = '#';
          before.textContent = 'Before';
          guard.before(before);
          before.focus();
        });
        await page.keyboard.press('Tab');
        expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
        await page.keyboard.press('Space');
        await page.getByRole('region', { name: /^Dashboard of/ }).waitFor();
      });
    },
  );

  it('the strip above a story is reached, control after control, and after it the story', async () => {
    const reached = await withStory('states-errors--forbidden', async (page) => {
      const names: string[] = [];
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      for (let step = 0; step < 9; step++) {
        await page.keyboard.press('Tab');
        names.push(
          await page.evaluate(() => document.activeElement?.closest('label,button')?.textContent?.split(' ')[0] ?? ''),
        );
      }
      return names;
    });
    expect(reached).toEqual(['Backend', 'Tenant', '5', 'Sleep', 'Set', 'Expire', 'Refresh', 'Hand', 'Try']);
  });
});

describe.concurrent('what the browser counts as a shift of the layout', () => {
  it('is nothing, from loading over ready and expired to ready again', async () => {
    const shifts = await withStory('behaviour-time--stands-still', (page) =>
      page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => {
              resolve(list.getEntries().reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0));
            }).observe({ type: 'layout-shift', buffered: true });
            // Without any, the observer is never called.
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
          }),
      ),
    );
    expect(shifts).toBe(0);
  });
});

describe.concurrent('where the system says how it is to be read', () => {
  it('the spinner stands still with reduced motion', async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    try {
      const { page, end } = await openStory(context, 'edge-cases-preferences--reduced-motion');
      expect(end.status).toBe('success');
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    } finally {
      await context.close();
    }
  });

  it('the button keeps a border with forced colours', async () => {
    const context = await browser.newContext({ forcedColors: 'active' });
    try {
      const { page, end } = await openStory(context, 'edge-cases-preferences--high-contrast');
      expect(end.status).toBe('success');
      const button = page.getByRole('button', { name: 'Try again' });
      expect(await button.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe('solid');
      const [border, ground] = await button.evaluate((element) => {
        const { borderTopColor } = getComputedStyle(element);
        return [borderTopColor, getComputedStyle(document.body).backgroundColor];
      });
      expect(border).not.toBe(ground);
    } finally {
      await context.close();
    }
  });
});

/** Runs in the page: keeps every text that appears in a live region of the guard. */
function recordLiveTexts(): void {
  const said: string[] = [];
  Object.assign(globalThis, { said });
  new MutationObserver((records) => {
    for (const { addedNodes, target } of records) {
      for (const node of addedNodes) {
        const element = node instanceof Element ? node : node.parentElement;
        const live = element?.matches('[role=alert]') ? element : (element?.querySelector('[role=alert]') ?? undefined);
        const isInStatus = (target as Element).closest?.('[role=status]') !== null;
        const text = live?.textContent ?? (isInStatus ? node.textContent : '');
        if (text) said.push(text);
      }
    }
  }).observe(document.querySelector('.upsolve-tenant')!, { childList: true, subtree: true });
}
