import type { Page } from 'playwright';
import { startScreencast } from '../../tests/browser/handover/screencast';
import type { Figure } from './figure';
import type { Side, Site } from './openSite';

const REFRESHES = 3;
/** In the middle of the frame, below its heading. */
const POINT = { x: 400, y: 300 };

interface Blank {
  /** Per refresh, as the DOM has it in each animation frame. */
  readonly blankMs: number;
  /** Per refresh, as the compositor's pictures have it. */
  readonly whiteMs: number;
}

/** For how long a refresh leaves a share page blank that takes 400 ms to paint: the next frame behind, or another `src`. */
export async function measureBlank(site: Site): Promise<Figure[]> {
  const ours = await measure(site, 'ours');
  const plain = await measure(site, 'byHandContext');
  return [
    {
      what: 'visible blank per refresh of a frame (by animation frame, by picture)',
      ours: tell(ours),
      compare: `${tell(plain)}, a changed src`,
      budget: '0 ms',
      isBroken: ours.blankMs > 0 || ours.whiteMs > 0,
    },
  ];
}

async function measure(site: Site, side: Side): Promise<Blank> {
  const page = await site.visit({ side, isFramed: true });
  await waitForPaint(page);
  const cast = await startScreencast(page);
  const sample = await page.evaluateHandle(() => window.bench.sampleBlank());
  for (let i = 0; i < REFRESHES; i++) {
    const before = await page.evaluate(() => document.querySelector('iframe')!.src);
    await page.evaluate(() => window.bench.refresh());
    await page.waitForFunction(
      (src) => document.querySelectorAll('iframe').length === 1 && document.querySelector('iframe')!.src !== src,
      before,
    );
    await waitForPaint(page);
  }
  const { blankMs } = await sample.evaluate((running) => running.stop());
  const { whiteMs } = await cast.measureWhite(POINT);
  await page.close();
  return { blankMs: blankMs / REFRESHES, whiteMs: whiteMs / REFRESHES };
}

/** The share page writes the token it was opened with. */
async function waitForPaint(page: Page): Promise<void> {
  const src = await page.evaluate(() => document.querySelector('iframe')!.src);
  const token = new URL(src).searchParams.get('jwt') ?? '';
  await page.frameLocator('iframe').getByText(token, { exact: true }).waitFor();
}

function tell({ blankMs, whiteMs }: Blank): string {
  return `${Math.round(blankMs)} ms, ${Math.round(whiteMs)} ms`;
}
