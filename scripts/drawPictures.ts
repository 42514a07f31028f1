import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchPictureBrowser } from '../tests/stories/keptPictures.ts';
import { drawPictures } from './pictures/drawPictures.ts';

/** Draws the pictures of the README anew. */
const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

mkdirSync(FOLDER, { recursive: true });
const browser = await launchPictureBrowser();
for (const [name, picture] of Object.entries(await drawPictures(browser))) writeFileSync(FOLDER + name, picture);
await browser.close();
