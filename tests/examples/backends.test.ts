import { readdirSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { check, linesOf } from '../check/backend';
import { openDemo } from '../demo/openDemo';
import { startCopy } from '../demo/startCopy';
import { startFakeUpsolve } from '../server/fixtures/fakeUpsolve';
import { sampleApiKey } from '../server/fixtures/sampleKeys';
import { launchOptions } from '../setup/chromium';
import { RECIPES_HERE, startRecipe, testRecipe } from './recipes';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

const leftOut = RECIPES_HERE.filter(({ isHere }) => !isHere).map(({ name }) => name);
it(`each recipe is tried, but for those whose language is not on this machine: ${leftOut.join(', ') || 'none'}`, () => {
  expect(RECIPES_HERE.map(({ name }) => name).sort()).toEqual(readdirSync('examples/backends').sort());
});

it('the demo says of a backend that is not there that it does not answer, and goes on', async () => {
  const { url, stop } = await startCopy({ DEMO_BACKEND: 'http://127.0.0.2:9' });
  onTestFinished(stop);
  const cookie = (await fetch(`${url}/demo/session`)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const ask = () => fetch(`${url}/upsolve/tenant/register`, { method: 'POST', headers: { cookie } });
  for (const answer of [await ask(), await ask()]) {
    expect(answer.status).toBe(502);
    expect(await answer.json()).toEqual({ error: 'http://127.0.0.2:9 does not answer.' });
  }
});

describe.each(RECIPES_HERE.filter(({ isHere }) => isHere))('the recipe for $name', (recipe) => {
  it('passes its own tests', () => {
    expect(testRecipe(recipe)).toBe('');
  });

  it('has nothing wrong by the check, and nothing that could be safer', async () => {
    const upsolve = await startFakeUpsolve();
    const { url, signIn } = await startRecipe(recipe, { UPSOLVE_URL: upsolve.url, UPSOLVE_API_KEY: sampleApiKey() });
    const result = await check({ url: `${url}/upsolve`, cookie: await signIn('acme') });
    expect([...linesOf(result, 'fault'), ...linesOf(result, 'advice')]).toEqual([]);
    expect(result.findings.length).toBeGreaterThan(25);
  });

  it('shows the demo’s page a dashboard, refreshes it, obeys a changed role, and says when the session is gone', async () => {
    const upsolve = await startFakeUpsolve();
    const { url } = await startRecipe(recipe, { UPSOLVE_URL: upsolve.url, UPSOLVE_API_KEY: sampleApiKey() });
    const demo = await startCopy({ DEMO_BACKEND: url, DEMO_TOKEN_SECONDS: '3600' });
    onTestFinished(demo.stop);
    const { page, dashboard, guard, complaints, close } = await openDemo(browser, demo.url, { hasPanel: true });
    expect(await dashboard.getByRole('button', { name: 'Create chart' }).isVisible()).toBe(true);
    expect(upsolve.requests).toMatchObject([{ prefilters: { organization_id: 'northwind' } }]);

    await Promise.all([
      page.waitForResponse('**/tenant/refresh-token'),
      page.getByRole('button', { name: 'Refresh now' }).click(),
    ]);
    expect(upsolve.requests).toHaveLength(2);
    // Who asks while a refresh is under way joins it: the next role would come with the one before.
    await page.locator('.facts').getByText('under way').waitFor({ state: 'detached' });

    await page.selectOption('#role', 'Viewer');
    await dashboard.getByRole('button', { name: 'Create chart' }).waitFor({ state: 'detached' });
    expect(upsolve.requests.at(-1)).toMatchObject({ tenantEditingPermissions: { drillDown: true } });
    expect(complaints).toEqual([]);

    // Signed out in another tab: this one learns of it by its next request.
    await page.evaluate(() => fetch('/demo/session', { method: 'DELETE' }));
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await guard.and(page.locator('[data-upsolve-error=unauthenticated]')).waitFor();
    expect(await guard.innerText()).toContain('Your session has ended');
    await close();
  });
});
