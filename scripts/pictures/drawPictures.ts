import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { buildPage, routePage } from '../../tests/browser/buildPage.ts';
import { startCopy } from '../../tests/demo/startCopy.ts';

const SITE = 'http://pictures.localhost';
/** A token is another one at each start, and so are its mark and the line of its life. */
const STILL = '[title^="Fingerprint"], .life rect { visibility: hidden }';

/** The pictures of the README by name, from the guard and from the demo as they are. */
export async function drawPictures(browser: Browser): Promise<Record<string, Buffer>> {
  return { 'states.png': await drawStates(browser), 'demo.png': await drawDemo(browser) };
}

async function drawStates(browser: Browser): Promise<Buffer> {
  const files = await buildPage(fileURLToPath(new URL('.', import.meta.url)));
  const page = await browser.newPage({ viewport: { width: 1200, height: 620 }, deviceScaleFactor: 1.5 });
  await routePage(page, SITE, files);
  // What counts down stands still.
  await page.clock.setFixedTime('2026-01-01T12:00:00Z');
  await page.goto(SITE);
  await page.locator('[data-upsolve=dashboard]').nth(1).waitFor();
  const picture = await page.locator('#root').screenshot({ animations: 'disabled', style: STILL });
  await page.close();
  return picture;
}

async function drawDemo(browser: Browser): Promise<Buffer> {
  const copy = await startCopy({ DEMO_TOKEN_SECONDS: '3600' });
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1.5,
    // The page's policy keeps the style below out, too.
    bypassCSP: true,
  });
  await page.goto(copy.url);
  await page.locator('[data-upsolve=dashboard]').waitFor();
  await page.getByRole('button', { name: 'The backend fails' }).click();
  await page.getByRole('button', { name: 'Stop the backend' }).click();
  await page.locator('.upsolve-tenant__notice').waitFor();
  await page.mouse.move(0, 0);
  const picture = await page.screenshot({ animations: 'disabled', style: STILL });
  await page.close();
  await copy.stop();
  return picture;
}
