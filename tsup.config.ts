import { copyFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';

/** What `npx react-upsolve-tenant` runs: it stands on Node alone. */
const COMMAND = 'check.js';

/**
 * Every entry is one file. `/dashboard` and `/testing` reach the main entry by its public name, which stays outside of
 * them: so a page holds one React context, in ESM and in CommonJS.
 */
export default defineConfig([
  {
    entry: ['src/index.ts', 'src/dashboard.tsx', 'src/server.ts', 'src/testing.ts'],
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'neutral',
    external: ['react-upsolve-tenant'],
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    // With either of these on, tsup loses 'use client' in CommonJS.
    splitting: false,
    treeshake: false,
    // The command is built at the same time.
    clean: [`!${COMMAND}`],
    onSuccess: () => copyFile('src/styles.css', 'dist/styles.css'),
  },
  { entry: ['src/check.ts'], format: ['esm'], target: 'node20', platform: 'node', splitting: false },
]);
