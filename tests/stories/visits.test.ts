import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchOptions } from '../setup/chromium';
import { openStory } from './openStory';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions);
});
afterAll(() => browser.close());

describe('each page of the built Storybook, in dark', () => {
  it.concurrent.each(inject('storyEntries'))(
    '$id works, passes axe, asks nobody and is quiet',
    async ({ id, type }) => {
      const context = await browser.newContext({ colorScheme: 'dark', viewport: { width: 900, height: 700 } });
      try {
        const { end, strangers, consoleErrors } = await openStory(context, id, { type });
        expect(end).toEqual({ status: 'success', faults: [] });
        expect(strangers).toEqual([]);
        // It is a production build: not even a mistake is told on the console.
        expect(consoleErrors).toEqual([]);
      } finally {
        await context.close();
      }
    },
  );
});

describe('the built Storybook itself', () => {
  it('opens its first page without asking anybody', async () => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const url = inject('storybookUrl');
      const strangers: string[] = [];
      page.on('request', (request) => {
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) strangers.push(request.url());
      });
      await page.goto(`${url}/index.html`);
      await page.frameLocator('#storybook-preview-iframe').getByRole('heading', { name: 'Start here' }).waitFor();
      expect(strangers).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
