import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REACT_MAJOR } from '../buildPage';
import { openStage, type Stage, stopClock } from './openStage';
import { give, holdFrame, tokens, waitForPaint, waitForTokens } from './stageFrames';

const HOUR = 60 * 60_000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const cover = (page: Page) => page.getByText('Loading dashboard…');
/** The token of the frame that is on top, and whether it can be seen. */
const top = (page: Page) =>
  page.evaluate(() => {
    const { x, y, width, height } = document.querySelector('.upsolve-tenant__stage')!.getBoundingClientRect();
    const element = document.elementFromPoint(x + width / 2, y + height / 2);
    if (!(element instanceof HTMLIFrameElement) || getComputedStyle(element).opacity !== '1') return null;
    return new URL(element.src).searchParams.get('jwt');
  });
/** How often the share page of this token is asked for. */
function countLoads(page: Page, token: string): () => number {
  let count = 0;
  page.on('request', (request) => (count += request.url().endsWith(`jwt=${token}`) ? 1 : 0));
  return () => count;
}

describe.concurrent(`on React ${REACT_MAJOR}, a frame that takes its time`, () => {
  it('stays covered as the first one, is never started over, and is uncovered by its load event', async () => {
    let release = (): void => undefined;
    let loads = (): number => 0;
    const page = await stage.open(
      {},
      {
        isTimed: true,
        async prepare(page) {
          loads = countLoads(page, 'token-0');
          release = await holdFrame(page, 'token-0');
        },
      },
    );
    await cover(page).waitFor();
    const frame = await page.locator('iframe').elementHandle();
    await stopClock(page);
    await page.clock.fastForward(5_000);
    expect(await cover(page).isVisible()).toBe(true);
    expect(await top(page)).toBeNull();
    expect(loads()).toBe(1);
    release();
    await cover(page).waitFor({ state: 'detached' });
    await page.clock.resume();
    await waitForPaint(page, 'token-0');
    expect(await top(page)).toBe('token-0');
    expect(await page.locator('iframe').evaluate((now, before) => now === before, frame)).toBe(true);
    expect(loads()).toBe(1);
    await page.close();
  });

  it('leaves a good one before it in view, and takes over once it has loaded', async () => {
    const page = await stage.open({ handover: 'immediate' }, { isTimed: true });
    await waitForPaint(page, 'token-0');
    const loads = countLoads(page, 'token-1');
    const release = await holdFrame(page, 'token-1');
    await give(page, 'token-1');
    await page.clock.fastForward(25_000);
    expect(await tokens(page)).toEqual(['token-0', 'token-1']);
    expect(await top(page)).toBe('token-0');
    release();
    await waitForPaint(page, 'token-1');
    await page.clock.fastForward(2_000);
    await waitForTokens(page, ['token-1']);
    expect(await top(page)).toBe('token-1');
    expect(loads()).toBe(1);
    await page.close();
  });

  it('takes over as it is when the token before it ends, not sooner', async () => {
    const page = await stage.open({ handover: 'immediate' }, { isTimed: true });
    await waitForPaint(page, 'token-0');
    const release = await holdFrame(page, 'token-1');
    await page.evaluate((lifeMs) => window.host.give('token-1', lifeMs), 2 * HOUR);
    await stopClock(page);
    await page.clock.fastForward(HOUR - 60_000);
    expect(await tokens(page)).toEqual(['token-0', 'token-1']);
    expect(await top(page)).toBe('token-0');
    expect(await cover(page).count()).toBe(0);
    await page.clock.fastForward(60_000);
    await waitForTokens(page, ['token-1']);
    await page.clock.resume();
    release();
    await waitForPaint(page, 'token-1');
    expect(await top(page)).toBe('token-1');
    await page.close();
  });
});
