import type { Browser, CDPSession, Page } from 'playwright';

/** Every picture the compositor made, with its time: what was on screen, not what the DOM says. */
export interface Screencast {
  /** Waits for a picture that was made so much later than now. */
  watchFor(ms: number): Promise<void>;
  /** For how long the point showed white, in ms. The last picture stands until now. */
  measureWhite(point: { x: number; y: number }): Promise<{ whiteMs: number; pictures: number }>;
}

interface Picture {
  data: string;
  atMs: number;
}

export async function startScreencast(page: Page): Promise<Screencast> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const pictures: Picture[] = [];
  const watchers = new Set<(picture: Picture) => void>();
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    const picture = { data, atMs: (metadata.timestamp ?? 0) * 1_000 };
    pictures.push(picture);
    for (const watch of watchers) watch(picture);
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
  });
  // A browser sends a picture when something moved, and drops some while it is busy: something always moves, so that
  // the next one says what a dropped one would have said.
  await page.evaluate(() => {
    const mark = document.createElement('div');
    Object.assign(mark.style, { position: 'fixed', top: '0', right: '0', width: '2px', height: '2px' });
    mark.style.background = 'black';
    mark.animate({ opacity: [0, 1] }, { duration: 500, iterations: Infinity });
    document.body.append(mark);
  });
  await session.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
  return {
    async watchFor(ms) {
      const untilMs = Date.now() + ms;
      await new Promise<void>((resolve) => {
        watchers.add(({ atMs }) => {
          if (atMs > untilMs) resolve();
        });
      });
      watchers.clear();
    },
    async measureWhite(point) {
      const endMs = Date.now();
      await session.send('Page.stopScreencast');
      const browser = page.context().browser();
      if (!browser) throw new Error('The page has no browser.');
      const isWhite = await readWhite(browser, pictures, point);
      let whiteMs = 0;
      pictures.forEach((picture, index) => {
        if (isWhite[index]) whiteMs += (pictures[index + 1]?.atMs ?? endMs) - picture.atMs;
      });
      return { whiteMs: Math.round(whiteMs), pictures: pictures.length };
    },
  };
}

/** Pictures are decoded where a decoder is at hand: in a page. */
async function readWhite(browser: Browser, pictures: Picture[], point: { x: number; y: number }): Promise<boolean[]> {
  const page = await browser.newPage();
  const isWhite: boolean[] = [];
  for (const { data } of pictures) {
    isWhite.push(
      await page.evaluate(
        async ({ data, point }) => {
          const blob = await (await fetch(`data:image/png;base64,${data}`)).blob();
          const bitmap = await createImageBitmap(blob);
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          const context = canvas.getContext('2d')!;
          context.drawImage(bitmap, 0, 0);
          return context.getImageData(point.x, point.y, 1, 1).data.every((channel) => channel > 250);
        },
        { data, point },
      ),
    );
  }
  await page.close();
  return isWhite;
}
