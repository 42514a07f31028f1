import axe from 'axe-core';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { waitUntil } from '../setup/waitUntil';

/** Storybook's own blocks around a story are what they are; the page's own content is not. */
const NOT_OURS = ['.sbdocs-preview', '.docblock-argstable', '.docblock-source', '.sbdocs-toc--custom', '.docs-story'];

/** As wide as a small phone. */
const NARROW = { width: 380, height: 480 };

/**
 * What is wrong with a page of docs: in light and dark, by axe, where Markdown was left as it is written, and on a narrow
 * screen.
 */
export async function findDocsFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const text = await page.locator('#storybook-docs').innerText();
  if (/\| -{3}/.test(text)) faults.push('a table that is not one');
  await page.evaluate(axe.source);
  // In the second scheme nothing but colours is another.
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(isDrawnIn, colorScheme);
    const found = await page.evaluate(
      async ({ exclude, rules }) => {
        const runner = (globalThis as unknown as { axe: typeof axe }).axe;
        const { violations } = await runner.run(
          { include: [['#storybook-docs']], exclude: exclude.map((selector) => [selector]) },
          // What is inside of a frame is a page of its own.
          { resultTypes: ['violations'], iframes: false, ...(rules && { runOnly: rules }) },
        );
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
      },
      { exclude: NOT_OURS, rules: colorScheme === 'light' ? undefined : ['color-contrast', 'link-in-text-block'] },
    );
    faults.push(...found.map((fault) => `${colorScheme}: ${fault}`));
  }
  await page.setViewportSize(NARROW);
  // What follows the size, as the numbers at a guard's parts do, is drawn again a moment after it.
  await waitUntil(async () => expect(await page.evaluate(measureOverflow), 'pixels wider than the screen').toBe(0));
  return faults;
}

/** Runs in the page: how many pixels lie beside its screen. */
function measureOverflow(): number {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
}

/** Runs in the page: whether its ground is of this scheme by now. */
function isDrawnIn(scheme: 'light' | 'dark'): boolean {
  const { backgroundColor } = getComputedStyle(document.querySelector('.sbdocs-wrapper')!);
  const [red = 0] = (backgroundColor.match(/\d+/g) ?? []).map(Number);
  return red > 128 === (scheme === 'light');
}
