import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { buildPage } from '../tests/browser/buildPage.ts';
import { startCopy } from '../tests/demo/startCopy.ts';
import { launchOptions } from '../tests/setup/chromium.ts';

/** The two pictures of the README, from the guard and from the demo as they are. */
const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const SITE = 'http://pictures.localhost';
/** A token is another one at each start, and so are its mark and the line of its life. */
const STILL = '[title^="Fingerprint"], .life rect { visibility: hidden }';

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch(launchOptions);
await drawStates(browser);
await drawDemo(browser);
await browser.close();

async function drawStates(browser: Browser): Promise<void> {
  const files = await buildPage(fileURLToPath(new URL('./pictures', import.meta.url)));
  const page = await browser.newPage({ viewport: { width: 1200, height: 620 }, deviceScaleFactor: 1.5 });
  await page.route(`${SITE}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const body = files.get(pathname === '/' ? '/index.html' : pathname);
    if (body === undefined) return route.fulfill({ status: 404 });
    const contentType = { js: 'text/javascript', css: 'text/css' }[pathname.split('.').at(-1)!] ?? 'text/html';
    return route.fulfill({ body: Buffer.from(body), contentType });
  });
  // What counts down stands still.
  await page.clock.setFixedTime('2026-01-01T12:00:00Z');
  await page.goto(SITE);
  await page.locator('[data-upsolve=dashboard]').nth(1).waitFor();
  await page.locator('#root').screenshot({ path: `${FOLDER}states.png`, animations: 'disabled', style: STILL });
  await page.close();
}

async function drawDemo(browser: Browser): Promise<void> {
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
  await page.screenshot({ path: `${FOLDER}demo.png`, animations: 'disabled', style: STILL });
  await page.close();
  await copy.stop();
}
