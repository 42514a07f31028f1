import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {} from './page/host';
import { REACT_MAJOR } from '../buildPage';
import { waitUntil } from '../../setup/waitUntil';
import { openStage, type Stage } from './openStage';
import { give, holdFrame, tokens, waitForPaint, waitForTokens } from './stageFrames';
import { startScreencast } from './screencast';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** In the middle of the frame, below its heading. */
const POINT = { x: 400, y: 400 };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

async function open(query: Record<string, string | number>, isTimed = false): Promise<Page> {
  const page = await stage.open(query, { isTimed });
  if (query.kind !== 'native' && query.kind !== 'plain') await waitForPaint(page, 'token-0');
  return page;
}

// Alone: what is counted here is pictures, and a page beside it would take some of them.
describe(`on React ${REACT_MAJOR}, what is on screen in a handover`, () => {
  it.each([
    // The share page of an application says when it has drawn, that of a dashboard is given two seconds for it.
    { kind: 'application', times: 10 },
    { kind: 'dashboard', times: 2 },
  ])('shows the share page of the $kind throughout $times of them, and one frame after', async ({ kind, times }) => {
    const page = await open({ kind, handover: 'immediate' });
    // The first one is told of later than it is there, and its own blank is not meant.
    await page.waitForFunction(() => window.host.isPainted());
    const cast = await startScreencast(page);
    const sample = await page.evaluateHandle(() => window.host.sampleBlank());
    for (let i = 1; i <= times; i++) {
      await give(page, `token-${i}`);
      await waitForTokens(page, [`token-${i}`]);
    }
    const { blankMs, mostIframes, frames } = await sample.evaluate((running) => running.stop());
    const { whiteMs, pictures } = await cast.measureWhite(POINT);
    // Somebody looked, in each of them.
    expect(frames).toBeGreaterThan(5 * times);
    expect(pictures).toBeGreaterThan(times);
    expect({ blankMs, whiteMs, mostIframes }).toEqual({ blankMs: 0, whiteMs: 0, mostIframes: 2 });
    expect(await page.evaluate(() => history.length)).toBe(2);
    await page.close();
  });

  it('has something to beat: a changed src is blank for as long as its page has not painted', async () => {
    const page = await open({ kind: 'plain' });
    await waitForPaint(page, 'plain-0');
    const cast = await startScreencast(page);
    const sample = await page.evaluateHandle(() => window.host.sampleBlank());
    await page.evaluate(() => window.host.setPlainSrc('plain-held'));
    // It is blank until it has been seen to be.
    await waitUntil(async () => expect(await sample.evaluate(({ blankMs }) => blankMs)).toBeGreaterThan(0));
    await cast.watchFor(400);
    await waitUntil(async () => expect(await sample.evaluate(({ blankMs }) => blankMs)).toBeGreaterThan(300));
    await page.frames()[1]!.evaluate('paint()');
    await waitForPaint(page, 'plain-held');
    expect((await cast.measureWhite(POINT)).whiteMs).toBeGreaterThan(300);
    await page.close();
  });
});

describe.concurrent(`on React ${REACT_MAJOR}, a handover`, () => {
  it('is clean to axe while two frames overlap and after', async () => {
    const page = await open({ handover: 'immediate' });
    const release = await holdFrame(page, 'token-1');
    await give(page, 'token-1');
    await page.evaluate(AXE);
    const check = () =>
      page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run(on: Document, options: object): Promise<{ violations: unknown[] }> };
        };
        return (await axe.run(document, { iframes: false })).violations;
      });
    expect(await tokens(page)).toEqual(['token-0', 'token-1']);
    expect(await check()).toEqual([]);
    release();
    await waitForTokens(page, ['token-1']);
    expect(await check()).toEqual([]);
    await page.close();
  });

  it('keeps the next frame out of the way of keyboard and pointer', async () => {
    const page = await open({ handover: 'immediate', settleMs: 60_000 });
    await give(page, 'token-1');
    await waitForPaint(page, 'token-1');
    expect(await page.evaluate(() => document.querySelectorAll('iframe')[1]?.inert)).toBe(true);
    await page.mouse.click(POINT.x, POINT.y);
    expect(await page.evaluate(() => (document.activeElement as HTMLIFrameElement).src)).toContain('token-0');
    await page.getByLabel('Outside').focus();
    const stops: string[] = [];
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(() => (document.activeElement as HTMLIFrameElement).src ?? ''));
    }
    expect(stops.join()).not.toContain('token-1');
    await page.close();
  });

  it('takes the focus inside the frame along', async () => {
    const page = await open({ handover: 'immediate' });
    await page.frameLocator('iframe').getByLabel('Inside').focus();
    await give(page, 'token-1');
    await waitForTokens(page, ['token-1']);
    expect(await page.evaluate(() => (document.activeElement as HTMLIFrameElement).src)).toContain('token-1');
    await page.close();
  });

  it('keeps the scroll and the layout of the page', async () => {
    const page = await open({ handover: 'immediate' });
    await page.evaluate(() => {
      document.body.style.height = '3000px';
      scrollTo(0, 50);
    });
    const measure = () =>
      page.evaluate(() => {
        const { y, height } = document.querySelector('.upsolve-tenant')!.getBoundingClientRect();
        return { y, height, scrollY };
      });
    const before = await measure();
    const release = await holdFrame(page, 'token-1');
    await give(page, 'token-1');
    expect(await tokens(page)).toEqual(['token-0', 'token-1']);
    expect(await measure()).toEqual(before);
    release();
    await waitForTokens(page, ['token-1']);
    expect(await measure()).toEqual(before);
    await page.close();
  });

  it.each(['dashboard', 'native'])('shifts no layout between the states of a %s', async (kind) => {
    const page = await open({ kind });
    const measure = () => page.evaluate(() => document.querySelector('#below')!.getBoundingClientRect().y);
    const ready = await measure();
    const seen: number[] = [];
    for (const status of ['expired', 'ready'] as const) {
      await page.evaluate((status) => (status === 'ready' ? window.host.give('t') : window.host.take(status)), status);
      seen.push(await measure());
    }
    expect(seen).toEqual([ready, ready]);
    await page.close();
  });

  it('hands nothing over while somebody types in the frame, rests in it or drags in it', async () => {
    // One process: a driver's pointer that enters another process is not told to the page, a hand's is.
    const page = await open({ site: 'same' }, true);
    const inside = page.frameLocator('iframe').getByLabel('Inside');
    await inside.click();
    await give(page, 'token-1');
    await inside.pressSequentially('abc');
    await page.clock.fastForward(120_000);
    expect(await tokens(page)).toEqual(['token-0']);

    await page.getByLabel('Outside').click();
    await page.mouse.move(POINT.x, POINT.y);
    await page.clock.fastForward(120_000);
    expect(await tokens(page)).toEqual(['token-0']);
    await page.mouse.down();
    await page.mouse.move(POINT.x + 50, POINT.y, { steps: 5 });
    await page.clock.fastForward(120_000);
    expect(await tokens(page)).toEqual(['token-0']);
    await page.mouse.up();

    await page.getByLabel('Outside').click();
    await page.clock.fastForward(29_000);
    expect(await tokens(page)).toEqual(['token-0']);
    await page.clock.fastForward(3_000);
    expect(await tokens(page)).toEqual(['token-0', 'token-1']);
    await page.close();
  });

  it('hands over at the deadline though somebody is in the frame', async () => {
    const page = await open({}, true);
    await page.frameLocator('iframe').getByLabel('Inside').click();
    await page.evaluate(() => window.host.give('token-0b', 60_000));
    expect(await tokens(page)).toEqual(['token-0']);
    await page.clock.fastForward(3_600_000 - 36_000);
    await waitForTokens(page, ['token-0', 'token-0b']);
    await page.close();
  });

  it('hands over once the page has been hidden for 30 s, and not after a shorter look away', async () => {
    const page = await open({}, true);
    await page.frameLocator('iframe').getByLabel('Inside').click();
    await give(page, 'token-1');
    const setVisibility = (state: string) =>
      page.evaluate((state) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await setVisibility('hidden');
    await page.clock.fastForward(25_000);
    await setVisibility('visible');
    await page.clock.fastForward(10_000);
    expect(await tokens(page)).toEqual(['token-0']);
    await setVisibility('hidden');
    await page.clock.fastForward(31_000);
    expect(await tokens(page)).toEqual(['token-0', 'token-1']);
    await page.close();
  });

  it('commits a native dashboard once in each of 50 handovers, and never mounts it anew', async () => {
    const page = await open({ kind: 'native', handover: 'immediate' });
    for (let i = 1; i <= 50; i++) await give(page, `token-${i}`);
    const { mounts, commits, tokens } = await page.evaluate(() => window.host.seen);
    expect({ mounts, commits }).toEqual({ mounts: 1, commits: 51 });
    expect(tokens.at(-1)).toBe('token-50');
    await page.close();
  });

  it('has both frames gone in the same frame when the tenant is switched, and when somebody signs out', async () => {
    for (const end of ['switch', 'sign out']) {
      const page = await open({ handover: 'immediate', settleMs: 60_000 });
      await give(page, 'token-1');
      expect(await tokens(page)).toEqual(['token-0', 'token-1']);
      const left = await page.evaluate(async (end) => {
        if (end === 'switch') window.host.switchTo('b', 'token-of-b');
        else window.host.signOut();
        await Promise.resolve();
        const now = [...document.querySelectorAll('iframe')].map((frame) => frame.src);
        await new Promise(requestAnimationFrame);
        return [...now, ...[...document.querySelectorAll('iframe')].map((frame) => frame.src)];
      }, end);
      expect(left.filter((src) => /token-[01]/.test(src))).toEqual([]);
      expect(left.filter((src) => src.includes('token-of-b'))).toHaveLength(end === 'switch' ? 2 : 0);
      await page.close();
    }
  });

  it('gives the filters of an application to the frame that follows, which takes over at its word', async () => {
    // It never settles by time: only its own word lets it take over.
    const page = await open({ kind: 'application', handover: 'immediate', settleMs: 600_000 });
    const frameOf = (token: string) => page.frames().find((frame) => frame.url().includes(`jwt=${token}`))!;
    await frameOf('token-0').evaluate("setFilters('?f_region=eu')");
    await waitUntil(async () => expect(await page.evaluate(() => window.host.seen.searches)).toEqual(['?f_region=eu']));
    await give(page, 'token-1');
    await waitForTokens(page, ['token-1']);
    await waitUntil(async () => expect(await frameOf('token-1').title()).toBe('?f_region=eu'));
    // Each frame repeats what it is given, and messages keep their order.
    await frameOf('token-1').evaluate("setFilters('?f_year=1')");
    await waitUntil(async () =>
      expect(await page.evaluate(() => window.host.seen.searches)).toEqual(['?f_region=eu', '?f_year=1']),
    );
    await page.close();
  });

  it('is not changed by a message from another window or origin', async () => {
    const page = await open({ kind: 'application', handover: 'immediate', settleMs: 60_000 });
    await give(page, 'token-1');
    await page.evaluate(async () => {
      const stranger = document.createElement('iframe');
      stranger.src = new URL(document.querySelector('iframe')!.src).origin;
      document.body.append(stranger);
      await new Promise((resolve) => stranger.addEventListener('load', resolve));
      const message = { type: 'embed:params', v: 1, search: '?f_region=evil' };
      window.postMessage(message, '*');
      for (const source of [stranger.contentWindow, document.querySelector('iframe')!.contentWindow]) {
        window.dispatchEvent(new MessageEvent('message', { data: message, source, origin: 'https://evil.example' }));
      }
      stranger.remove();
      await new Promise(requestAnimationFrame);
    });
    expect(await page.evaluate(() => window.host.seen.searches)).toEqual([]);
    await page.close();
  });

  it('has its looks under a policy that lets no style through', async () => {
    const page = await open({});
    const looks = await page.evaluate(() => {
      const root = document.querySelector('.upsolve-tenant')!;
      const frame = root.querySelector('iframe')!.getBoundingClientRect();
      return { display: getComputedStyle(root).display, width: frame.width > 700, height: frame.height };
    });
    expect(looks).toEqual({ display: 'grid', width: true, height: 400 });
    await page.close();
  });
});
