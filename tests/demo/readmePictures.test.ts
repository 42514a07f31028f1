import { readFileSync } from 'node:fs';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { drawPictures } from '../../scripts/pictures/drawPictures';
import { HAS_BUNDLED } from '../setup/chromium';
import { launchPictureBrowser, MOST_PIXELS } from '../stories/keptPictures';

it.runIf(HAS_BUNDLED)('the README shows the guard and the demo as they are: else npm run pictures:readme', async () => {
  const browser = await launchPictureBrowser();
  const pictures = await drawPictures(browser);
  await browser.close();
  for (const [name, picture] of Object.entries(pictures)) {
    const { width, height, data } = PNG.sync.read(picture);
    const kept = PNG.sync.read(readFileSync(new URL(`../../docs/pictures/${name}`, import.meta.url)));
    expect([kept.width, kept.height]).toEqual([width, height]);
    expect(pixelmatch(kept.data, data, undefined, width, height), name).toBeLessThan(MOST_PIXELS);
  }
});
