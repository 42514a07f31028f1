import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions, PAGE_TIMEOUT_MS } from '../setup/chromium.ts';
import { openDemo, showAs } from './openDemo.ts';

interface Sample {
  chosen: string;
  shown: string[];
}

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

describe.concurrent('tenants and sessions in the demo', () => {
  it.each(['Native', 'Frame'] as const)(
    'a switch of tenant never shows the former one’s data, in any frame that is painted, %s',
    async (way) => {
      const { page, dashboard, complaints, close } = await openDemo(browser, inject('demoUrl'), { way });
      await page.evaluate(sampleEveryFrame);
      for (const [id, name] of [
        ['contoso', 'Contoso'],
        ['fabrikam', 'Fabrikam'],
        ['northwind', 'Northwind'],
      ] as const) {
        await page.selectOption('#tenant', id);
        await dashboard.getByText(name).first().waitFor();
      }
      const samples = await page.evaluate<Sample[]>('window.samples');
      expect(samples.length).toBeGreaterThan(30);
      expect(new Set(samples.flatMap(({ shown }) => shown))).toEqual(new Set(['Northwind', 'Contoso', 'Fabrikam']));
      expect(samples.filter(({ chosen, shown }) => shown.some((name) => name !== chosen))).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('signing out empties the page in the same frame, and signing in brings it back', async () => {
    const { page, native, complaints, close } = await openDemo(browser, inject('demoUrl'));
    expect(await page.evaluate(signOutAndLook)).toEqual({ native: 0, frames: 0 });
    await page.getByRole('button', { name: 'Northwind' }).click();
    await native.waitFor();
    await showAs(page, 'Frame');
    await page.locator('iframe').waitFor();
    expect(await page.evaluate(signOutAndLook)).toEqual({ native: 0, frames: 0 });
    await page.reload();
    await page.getByText('Nothing is asked and nothing is shown').waitFor();
    await page.getByRole('button', { name: 'Contoso' }).click();
    await native.and(page.locator('[data-tenant=Contoso]')).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(['Native', 'Frame'] as const)(
    'what a user may do reaches the dashboard with the next token, %s',
    async (way) => {
      const { page, dashboard, close } = await openDemo(browser, inject('demoUrl'), { way, hasPanel: true });
      expect(await dashboard.getByRole('button', { name: 'Create chart' }).isVisible()).toBe(true);
      await page.selectOption('#role', 'Read only');
      await dashboard.getByText('Read only').waitFor();
      expect(await dashboard.getByRole('button', { name: 'Create chart' }).count()).toBe(0);
      expect(await dashboard.getByRole('button', { name: 'Customers' }).isDisabled()).toBe(true);
      await close();
    },
  );

  it('no API key is in what the browser sends or gets, no token in its storage, no request leaves the machine', async () => {
    const context = await browser.newContext();
    context.setDefaultTimeout(PAGE_TIMEOUT_MS);
    const page = await context.newPage();
    const wire: string[] = [];
    const hosts = new Set<string>();
    page.on('request', (request) => {
      hosts.add(new URL(request.url()).hostname);
      wire.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? '');
    });
    page.on('response', (response) => {
      void response.text().then(
        (text) => wire.push(text, JSON.stringify(response.headers())),
        () => undefined,
      );
    });
    await page.goto(inject('demoUrl'));
    await page.locator('.native [data-upsolve=dashboard]').waitFor();
    await showAs(page, 'Frame');
    await page.frameLocator('.framed iframe').locator('[data-upsolve=dashboard]').waitFor();
    await page.locator('summary').click();
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.locator('.log').getByText('a button asked for it').waitFor();

    expect(wire.length).toBeGreaterThan(10);
    // The page's own refusal of keys names their prefix; a key has more behind it.
    expect(wire.filter((text) => /up_(embed|admin)_[0-9a-f]{8}/.test(text))).toEqual([]);
    expect([...hosts]).toEqual(['127.0.0.1']);
    const { cookies, origins } = await context.storageState({ indexedDB: true });
    const stored = JSON.stringify([origins, cookies, await page.evaluate(() => ({ ...sessionStorage }))]);
    expect(stored).not.toMatch(/eyJ/);
    expect(cookies.every(({ httpOnly }) => httpOnly)).toBe(true);
    await context.close();
  });
});

/** Runs in the page: at each frame, which tenant is chosen and whose data is there to be seen. */
function sampleEveryFrame(): void {
  const samples: Sample[] = [];
  (window as unknown as { samples: Sample[] }).samples = samples;
  const sample = (): void => {
    const select = document.querySelector<HTMLSelectElement>('#tenant');
    const native = [...document.querySelectorAll<HTMLElement>('[data-tenant]')].map(
      ({ dataset }) => dataset.tenant ?? '',
    );
    const framed = [...document.querySelectorAll('iframe')].map(({ src }) => {
      const claims = new URL(src).searchParams.get('jwt')?.split('.')[1] ?? '';
      const { data } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as {
        data: { displayName: string };
      };
      return data.displayName;
    });
    samples.push({ chosen: select?.selectedOptions[0]?.textContent ?? '', shown: [...native, ...framed] });
    requestAnimationFrame(sample);
  };
  requestAnimationFrame(sample);
}

/** Runs in the page: what still stands there when the frame after the click is painted. */
function signOutAndLook(): Promise<{ native: number; frames: number }> {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Sign out');
  button?.click();
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const count = (selector: string): number => document.querySelectorAll(selector).length;
      resolve({ native: count('[data-upsolve]'), frames: count('iframe') });
    });
  });
}
