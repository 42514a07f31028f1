import type { BrowserContext, Page } from 'playwright';
import { inject } from 'vitest';
import { PAGE_TIMEOUT_MS } from '../setup/chromium';

/** How a story ended: its play function, and axe. */
export interface StoryEnd {
  readonly status: string;
  /** What axe and the play function found, as text; empty where all is well. */
  readonly faults: readonly string[];
}

export interface OpenStory {
  readonly page: Page;
  readonly end: StoryEnd;
  /** Addresses that were asked for and are not this Storybook's own. */
  readonly strangers: readonly string[];
  readonly consoleErrors: readonly string[];
  /** As the panel has it; empty for a page of docs. */
  readonly code: string;
}

export interface OpenStoryOptions {
  type?: 'story' | 'docs';
  /** What has to be before the page loads. */
  prepare?: (page: Page) => Promise<unknown>;
}

interface FinishedEvent {
  status: string;
  reporters: { type: string; status: string; result?: { violations?: { id: string; nodes: { html: string }[] }[] } }[];
}

/** Opens one entry by itself, as Storybook's own frame does, and waits for its end. Close the page when done. */
export async function openStory(
  context: BrowserContext,
  id: string,
  { type = 'story', prepare }: OpenStoryOptions = {},
): Promise<OpenStory> {
  const url = inject('storybookUrl');
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_TIMEOUT_MS);
  const strangers: string[] = [];
  const consoleErrors: string[] = [];
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) strangers.push(request.url());
  });
  page.on('console', (line) => {
    if (line.type() === 'error') consoleErrors.push(line.text());
  });
  page.on('pageerror', (error) => consoleErrors.push(error.message));
  await prepare?.(page);
  await page.addInitScript(watchChannel);
  await page.goto(`${url}/iframe.html?id=${id}&viewMode=${type}`);
  const handle = await page.waitForFunction((wanted) => {
    const { seen } = globalThis as unknown as { seen?: Record<string, unknown> };
    return wanted === 'docs'
      ? seen?.['docsRendered']
      : (seen?.['storyFinished'] ?? seen?.['storyErrored'] ?? seen?.['playFunctionThrewException']);
  }, type);
  const seen = (await handle.jsonValue()) as Partial<FinishedEvent> & { message?: string };
  const isDocs = type === 'docs';
  return {
    page,
    end: isDocs ? { status: 'success', faults: [] } : readEnd(seen),
    strangers,
    consoleErrors,
    code: isDocs ? '' : await readCode(page),
  };
}

async function readCode(page: Page): Promise<string> {
  const handle = await page.waitForFunction(
    () =>
      (globalThis as unknown as { seen: Record<string, { source?: string }> }).seen[`storybook/docs/snippet-rendered`],
  );
  return (await handle.jsonValue())?.source ?? '';
}

function readEnd({
  status = 'error',
  reporters = [],
  message,
}: Partial<FinishedEvent> & { message?: string }): StoryEnd {
  const violations = reporters.flatMap(({ result }) => result?.violations ?? []);
  return {
    status,
    faults: [
      ...(message === undefined ? [] : [message]),
      ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
    ],
  };
}

/** Runs in the page, before anything else: keeps what the preview tells of its one story. */
function watchChannel(): void {
  interface Channel {
    on: (event: string, listener: (payload: unknown) => void) => void;
  }
  const seen: Record<string, unknown> = {};
  let channel: Channel | undefined;
  Object.assign(globalThis, { seen });
  Object.defineProperty(globalThis, '__STORYBOOK_ADDONS_CHANNEL__', {
    configurable: true,
    get: () => channel,
    set(given: Channel) {
      channel = given;
      for (const event of [
        'storyFinished',
        'storyErrored',
        'playFunctionThrewException',
        'docsRendered',
        'storybook/docs/snippet-rendered',
      ]) {
        given.on(event, (payload) => {
          seen[event] ??= payload ?? true;
        });
      }
    },
  });
}
