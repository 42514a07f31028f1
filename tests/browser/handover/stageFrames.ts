import type { Page } from 'playwright';
import { expect } from 'vitest';
import { waitUntil } from '../../setup/waitUntil';
import type {} from './page/host';

/** Of the frames that stand in the page, in their order. */
export const tokens = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('iframe')].map((frame) => new URL(frame.src).searchParams.get('jwt')),
  );
export const waitForTokens = (page: Page, expected: string[]): Promise<void> =>
  waitUntil(async () => expect(await tokens(page)).toEqual(expected));
export const give = (page: Page, token: string): Promise<void> =>
  page.evaluate((token) => window.host.give(token), token);
/** The share page of this token has painted. */
export const waitForPaint = (page: Page, token: string): Promise<void> => {
  const frame = page.frameLocator(`iframe[src*="jwt=${token}"]`);
  return frame.getByRole('heading', { name: token, exact: true, includeHidden: true }).waitFor({ state: 'attached' });
};
/** The share page of this token stays on its way, and the frame before it on screen, until it is released. */
export async function holdFrame(page: Page, token: string): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(new RegExp(`jwt=${token}$`), async (route) => {
    await released;
    await route.continue();
  });
  return release;
}
