import { chromium } from 'playwright';
import { describe, expect, it } from 'vitest';
import { findSystemBrowser, HAS_BUNDLED, resolveLaunchOptions } from '../setup/chromium';

const wanted = ['', ...(HAS_BUNDLED ? ['bundled'] : []), ...(findSystemBrowser() ? ['system'] : [])];

describe('a browser on any machine', () => {
  it.each(wanted)('CHROMIUM_PATH=%s starts one that shows text', async (wanted) => {
    const browser = await chromium.launch(resolveLaunchOptions(wanted));
    try {
      const page = await browser.newPage();
      await page.setContent('<span>text</span>');
      expect(await page.locator('span').evaluate((span) => span.getBoundingClientRect().width)).toBeGreaterThan(0);
    } finally {
      await browser.close();
    }
  });

  it('a path that names no file is refused', () => {
    expect(() => resolveLaunchOptions('/nowhere/chromium')).toThrow('CHROMIUM_PATH names no file.');
  });
});
