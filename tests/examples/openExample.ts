import { chromium, type Page } from 'playwright';
import { onTestFinished } from 'vitest';
import { launchOptions, PAGE_TIMEOUT_MS } from '../setup/chromium.ts';

export interface OpenExample {
  readonly page: Page;
  /** Every line of the console, and errors that nobody caught. */
  readonly lines: string[];
  /** What the page asked its own backend for, by method and path. */
  readonly asked: string[];
  /** Requests to anywhere else. */
  readonly strays: string[];
}

export async function openExample(url: string): Promise<OpenExample> {
  const browser = await chromium.launch(launchOptions);
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(PAGE_TIMEOUT_MS);
  const example: OpenExample = { page, lines: [], asked: [], strays: [] };
  page.on('pageerror', (error) => example.lines.push(error.message));
  page.on('console', (message) => example.lines.push(message.text()));
  page.on('request', (request) => {
    const { protocol, origin, pathname } = new URL(request.url());
    if (pathname.startsWith('/upsolve/')) example.asked.push(`${request.method()} ${pathname}`);
    if (protocol !== 'data:' && origin !== url) example.strays.push(origin);
  });
  await page.goto(url);
  return example;
}
