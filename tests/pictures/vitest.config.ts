import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { publicNames } from '../setup/publicNames.ts';

/** A gate of its own, `npm run test:pictures`: what each story looks like, in the browser that comes as a package. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: { alias: publicNames },
  test: {
    name: 'pictures',
    include: ['tests/pictures/*.pictures.ts'],
    globalSetup: ['tests/stories/builtStorybook.ts'],
    // Stories mostly wait; more at once than this would only be slower each.
    maxConcurrency: 3,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
