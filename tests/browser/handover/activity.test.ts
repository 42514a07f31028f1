import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REACT_MAJOR } from '../buildPage';
import { waitUntil } from '../../setup/waitUntil';
import { openStage, type Stage, stopClock } from './openStage';
import { give, tokens, waitForTokens } from './stageFrames';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** What the native dashboard runs on. */
const lastToken = (page: Page) => page.evaluate(() => window.host.seen.tokens.at(-1));

/** Input of one kind, again and again, each well within the 30 s that make a break; then none. */
async function expectPutOff(page: Page, act: (count: number) => Promise<unknown>): Promise<void> {
  await stopClock(page);
  for (let count = 1; count <= 4; count++) {
    await act(count);
    if (count === 1) await give(page, 'token-1');
    await page.clock.fastForward(29_000);
    expect(await lastToken(page)).toBe('token-0');
  }
  await page.clock.fastForward(1_000);
  await waitUntil(async () => expect(await lastToken(page)).toBe('token-1'));
}

async function openPopup(query: Record<string, string>): Promise<{ page: Page; popup: Page }> {
  const page = await stage.open({ window: 'popup', ...query }, { isTimed: true });
  const popup = page
    .context()
    .pages()
    .find((other) => other !== page)!;
  return { page, popup };
}

describe.concurrent(`on React ${REACT_MAJOR}, a handover that waits for a break`, () => {
  it('is put off while somebody types into a dashboard in another window, and by nothing that happens in this one', async () => {
    const { page, popup } = await openPopup({ kind: 'native' });
    const inside = popup.getByLabel('Inside');
    await inside.focus();
    const outside = page.getByLabel('Outside');
    await expectPutOff(page, () => inside.press('a'));
    expect(await inside.inputValue()).toBe('aaaa');

    await inside.press('a');
    await give(page, 'token-2');
    await page.clock.fastForward(29_000);
    await outside.press('a');
    expect(await lastToken(page)).toBe('token-1');
    await page.clock.fastForward(1_000);
    await waitUntil(async () => expect(await lastToken(page)).toBe('token-2'));
    await page.context().close();
  });

  it('is put off by the focus in a frame in another window, and follows once that is elsewhere', async () => {
    const { page, popup } = await openPopup({ settleMs: '0' });
    // By no pointer, whose last place would count too.
    await popup.frameLocator('iframe').getByLabel('Inside').focus();
    expect(await popup.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
    await give(page, 'token-1');
    await page.clock.fastForward(60_000);
    expect(await tokens(popup)).toEqual(['token-0']);
    await popup.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.clock.fastForward(31_000);
    await waitForTokens(popup, ['token-1']);
    await page.context().close();
  });

  it('is put off by text from an input method, which presses no key', async () => {
    const page = await stage.open({ kind: 'native' }, { isTimed: true });
    const inside = page.getByLabel('Inside');
    await inside.focus();
    const keys = await page.evaluateHandle(() => {
      const pressed: string[] = [];
      document.addEventListener('keydown', ({ key }) => pressed.push(key), true);
      return pressed;
    });
    const devtools = await page.context().newCDPSession(page);
    await expectPutOff(page, (count) => {
      const text = 'にほんご'.slice(0, count);
      const caret = { selectionStart: count, selectionEnd: count };
      return count < 4
        ? devtools.send('Input.imeSetComposition', { text, ...caret })
        : devtools.send('Input.insertText', { text });
    });
    expect(await inside.inputValue()).toBe('にほんご');
    expect(await keys.jsonValue()).toEqual([]);
    await page.close();
  });
});
