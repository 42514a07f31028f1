import { defineConfig, type Options } from 'tsup';
import { writeLicences } from './scripts/bundledLicences.ts';

/** What `npx react-upsolve-tenant` runs: it stands on Node alone. */
const COMMAND = 'check.js';
/** What a bundler finds in place of the backend half when it builds a page. */
const SERVER_ONLY = 'serverOnly.js';

const ENTRIES = ['src/index.ts', 'src/dashboard.tsx', 'src/server.ts', 'src/testing.ts'];

/** Leaves the main entry outside of what a Server Component imports: a framework finds its 'use client' only in a file. */
const besideMainEntry: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'beside-main-entry',
  setup(build) {
    const path = build.initialOptions.format === 'cjs' ? './index.cjs' : './index.js';
    build.onResolve({ filter: /^\.\/index$/ }, () => ({ path, external: true }));
  },
};

/**
 * Every entry is one file. `/dashboard` and `/testing` reach the main entry by its public name, which stays outside of
 * them: so a page holds one React context, in ESM and in CommonJS. What is no dependency of ours is bundled.
 */
export default defineConfig([
  {
    entry: [...ENTRIES, 'src/reactServer.ts'],
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'neutral',
    external: ['react-upsolve-tenant'],
    esbuildPlugins: [besideMainEntry],
    esbuildOptions(options) {
      // lru-cache's other builds ask for a module of Node's as soon as they are loaded, which not every runtime has.
      options.conditions = ['browser'];
    },
    dts: { entry: ENTRIES, compilerOptions: { ignoreDeprecations: '6.0' } },
    // With either of these on, tsup loses 'use client' in CommonJS.
    splitting: false,
    treeshake: false,
    // These are built at the same time.
    clean: [`!${COMMAND}`, `!${SERVER_ONLY}`],
    onSuccess() {
      writeLicences('dist');
      return Promise.resolve();
    },
  },
  { entry: ['src/serverOnly.ts'], format: ['esm'], target: 'es2022', platform: 'neutral' },
  { entry: ['src/check.ts'], format: ['esm'], target: 'node20', platform: 'node', splitting: false },
]);
