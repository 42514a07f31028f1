import { defineConfig } from 'vitest/config';
import { publicNames } from './tests/setup/publicNames.ts';

/** The tests of src/core alone, for mutation testing; the crowd of 1,000 pages says nothing more there and takes long. */
export default defineConfig({
  resolve: { alias: publicNames },
  test: {
    include: ['tests/core/**/*.test.ts'],
    exclude: ['tests/core/model/**', 'tests/core/engine/crowd.test.ts'],
    setupFiles: ['tests/setup/console.ts'],
  },
});
