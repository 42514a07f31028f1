import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchOptions } from '../setup/chromium.ts';
import { openDemo, showAs } from './openDemo.ts';

const source = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../demo/${path}`, import.meta.url)), 'utf8');

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

it('the demo shows the very files it runs on, and marks the line that a scene turns on', async () => {
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

/** Runs in the page: whether a line is where its box is scrolled to. */
function isInSight(mark: Element): boolean {
  const { top, bottom } = mark.getBoundingClientRect();
  const box = mark.parentElement!.getBoundingClientRect();
  return top >= box.top && bottom <= box.bottom;
}
