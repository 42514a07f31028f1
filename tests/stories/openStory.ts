import type { BrowserContext, Page } from 'playwright';
import { inject } from 'vitest';
import { PAGE_TIMEOUT_MS } from '../setup/chromium';
import type { HoldableWindow } from './keptPictures';

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

interface FinishedEvent {
  status: string;
  reporters: { type: string; status: string; result?: { violations?: { id: string; nodes: { html: string }[] }[] } }[];
}

/** A tab that opens one entry after another, each by itself, as Storybook's own frame does. */
export interface StoryTab {
  readonly page: Page;
  /** Waits for the entry's end. */
  open(id: string, type?: 'story' | 'docs'): Promise<OpenStory>;
}

/** A new tab: what it has compiled for one entry serves the next. */
export async function openTab(context: BrowserContext): Promise<StoryTab> {
  const url = inject('storybookUrl');
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_TIMEOUT_MS);
  let strangers: string[] = [];
  let consoleErrors: string[] = [];
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) strangers.push(request.url());
  });
  page.on('console', (line) => {
    if (line.type() === 'error') consoleErrors.push(line.text());
  });
  page.on('pageerror', (error) => consoleErrors.push(error.message));
  await page.addInitScript(watchChannel);
  return {
    page,
    async open(id, type = 'story') {
      strangers = [];
      consoleErrors = [];
      await page.goto(`${url}/iframe.html?id=${id}&viewMode=${type}`);
      const handle = await page.waitForFunction((wanted) => {
        const { seen } = globalThis as unknown as { seen?: Record<string, unknown> };
        return wanted === 'docs'
          ? seen?.['docsRendered']
          : (seen?.['storyFinished'] ?? seen?.['storyErrored'] ?? seen?.['playFunctionThrewException']);
      }, type);
      const told = (await handle.jsonValue()) as Partial<FinishedEvent> & { message?: string };
      const isDocs = type === 'docs';
      const end = isDocs ? { status: 'success', faults: [] } : readEnd(told);
      return { page, end, strangers, consoleErrors, code: isDocs ? '' : await readCode(page) };
    },
  };
}

/** Opens one entry in a tab of its own. */
export async function openStory(context: BrowserContext, id: string): Promise<OpenStory> {
  const tab = await openTab(context);
  return await tab.open(id);
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
      // What is looked at is how the story ended. Not all tabs know how to hold time.
      given.on('storyRendered', () => (globalThis as HoldableWindow).holdTime?.(true));
    },
  });
}
