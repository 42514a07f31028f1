import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { publicNames } from '../../tests/setup/publicNames.ts';

// As in vitest.config.ts: local time is not UTC.
process.env['TZ'] = 'Asia/Kathmandu';

/** The tests of src/core alone, for mutation testing; the crowd of 1,000 pages says nothing more there and takes long. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: { alias: publicNames },
  test: {
    // One world for all files: a mutant's tests then start at once. Each test of core leaves it as it was.
    isolate: false,
    include: ['tests/core/**/*.test.ts'],
    exclude: ['tests/core/engine/crowd.test.ts'],
    setupFiles: ['tests/setup/console.ts'],
  },
});
