import { copyFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';
import { writeLicences } from './scripts/bundledLicences.ts';

/** What `npx react-upsolve-tenant` runs: it stands on Node alone. */
const COMMAND = 'check.js';

/**
 * Every entry is one file. `/dashboard` and `/testing` reach the main entry by its public name, which stays outside of
 * them: so a page holds one React context, in ESM and in CommonJS. What is no dependency of ours is bundled.
 */
export default defineConfig([
  {
    entry: ['src/index.ts', 'src/dashboard.tsx', 'src/server.ts', 'src/testing.ts'],
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'neutral',
    external: ['react-upsolve-tenant'],
    esbuildOptions(options) {
      // lru-cache's other builds ask for a module of Node's as soon as they are loaded, which not every runtime has.
      options.conditions = ['browser'];
    },
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    // With either of these on, tsup loses 'use client' in CommonJS.
    splitting: false,
    treeshake: false,
    // The command is built at the same time.
    clean: [`!${COMMAND}`],
    async onSuccess() {
      await copyFile('src/styles.css', 'dist/styles.css');
      writeLicences('dist');
    },
  },
  { entry: ['src/check.ts'], format: ['esm'], target: 'node20', platform: 'node', splitting: false },
]);
