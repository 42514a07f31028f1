import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { Alias } from 'vite';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './tests/setup/chromium.ts';
import { publicNames } from './tests/setup/publicNames.ts';

// Far from UTC, where what is read as local time is another moment. Set here, for a worker can't set it any more.
process.env['TZ'] = 'Asia/Kathmandu';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const reactMajor = process.env['REACT_MAJOR'] ?? '19';
const react18: Alias[] = [
  { find: /^(react|react-dom)(\/.*)?$/, replacement: path('compat/react18/node_modules') + '/$1$2' },
  // Its CommonJS file would require React 19 past every alias.
  {
    find: /^@testing-library\/react$/,
    replacement: path('node_modules/@testing-library/react/dist/@testing-library/react.esm.js'),
  },
];
const source = {
  cacheDir: path(`node_modules/.vite/react${reactMajor}`),
  resolve: { alias: [...publicNames, ...(reactMajor === '18' ? react18 : [])] },
};
const isolated = {
  setupFiles: ['tests/setup/console.ts'],
  // A busy machine is slow, and slow is not wrong: no test measures time by this.
  testTimeout: 120_000,
  // A thread starts faster than a process, and two cores are the least that a machine has.
  pool: 'threads' as const,
  maxWorkers: Math.max(2, availableParallelism() - 1),
  server: { deps: { inline: reactMajor === '18' ? [/@testing-library\/react/, /@tanstack\/react-query/] : [] } },
};
/** Long sweeps, which `npm test` walks a tenth of. */
const SWEEPS = ['tests/model/{engine,parser}.test.ts', 'tests/react/model.test.tsx'];
/** Only worth their time as a whole. */
const WHOLE_SWEEPS = ['tests/model/soak.test.ts', 'tests/core/engine/crowd.test.ts'];
/**
 * A page in a browser is waited for, not hurried: a busy machine is slow, and slow is not wrong. Pages mostly wait, so
 * several of a file are open at once; more would only be slower each.
 */
const driven = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  maxConcurrency: 3,
  maxWorkers: 1,
};
/** Made anew for each project: vitest writes the project's name into it. */
const createChromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions }),
  instances: [{ browser: 'chromium' as const }],
});

/** What listens to the page and the app's other tabs is one for a page: each of these has a page of its own. */
const WHOLE_PAGES = ['commands', 'commits', 'hostClient', 'keptViews', 'lateTenant', 'model', 'pageHub'].map(
  (name) => `tests/react/${name}.test.tsx`,
);

/**
 * unit:*     src, on fake time: tests/{core,server,check,model,setup} in Node, tests/react and tests/testing in jsdom
 * package    what ships: the packed tarball
 * browser:*  tests/browser: *.page.test.tsx runs inside Chromium, everything else drives it from Node
 * demo       the demo, in Chromium
 * stories    every story in Chromium with axe, in light
 * storybook  every page of the built Storybook with axe, in dark
 * examples   the apps of examples/, installed from the packed tarball, built and opened in Chromium
 * sweeps:*   random lives, crowds and long days, in full
 * gates      the gates themselves
 */
export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          ...isolated,
          name: 'unit:node',
          include: ['tests/{core,server,check,model,setup}/**/*.test.{ts,tsx}'],
          exclude: WHOLE_SWEEPS,
          provide: { shareOfSweep: 0.1 },
        },
      },
      {
        ...source,
        plugins: [react()],
        test: {
          ...isolated,
          name: 'unit:jsdom',
          environment: 'jsdom',
          // One page for all files of a worker: to make one takes longer than most tests. Each test leaves it clean.
          isolate: false,
          provide: { shareOfSweep: 0.1 },
          include: ['tests/{react,testing}/**/*.test.{ts,tsx}'],
          exclude: WHOLE_PAGES,
          setupFiles: [...isolated.setupFiles, 'tests/setup/jsdom.ts'],
        },
      },
      {
        ...source,
        plugins: [react()],
        test: {
          ...isolated,
          name: 'unit:page',
          environment: 'jsdom',
          include: WHOLE_PAGES,
          setupFiles: [...isolated.setupFiles, 'tests/setup/jsdom.ts'],
        },
      },
      {
        test: {
          name: 'package',
          include: ['tests/package/**/*.test.{ts,tsx}'],
          globalSetup: ['tests/setup/packedPackage.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        test: {
          name: 'browser:driven',
          include: ['tests/browser/**/*.test.{ts,tsx}'],
          exclude: ['tests/browser/**/*.page.test.{ts,tsx}'],
          ...driven,
        },
      },
      {
        ...source,
        plugins: [react()],
        test: { name: 'browser:page', include: ['tests/browser/**/*.page.test.{ts,tsx}'], browser: createChromium() },
      },
      {
        ...source,
        test: {
          name: 'demo',
          include: ['tests/demo/**/*.test.{ts,tsx}'],
          globalSetup: ['tests/demo/sharedCopy.ts'],
          ...driven,
          // Its pages wait for tokens more than they work.
          maxWorkers: 2,
        },
      },
      {
        ...source,
        plugins: [storybookTest({ configDir: path('.storybook') })],
        test: { name: 'stories', testTimeout: 120_000, browser: createChromium() },
      },
      {
        ...source,
        test: {
          name: 'storybook',
          include: ['tests/stories/**/*.test.{ts,tsx}'],
          globalSetup: ['tests/stories/builtStorybook.ts'],
          ...driven,
        },
      },
      {
        test: {
          name: 'examples',
          include: ['tests/examples/**/*.test.ts'],
          globalSetup: ['tests/examples/packedTarball.ts'],
          ...driven,
          // Each installs, then builds, then waits for a page: side by side they take little longer than the longest.
          maxWorkers: 2,
        },
      },
      {
        ...source,
        test: {
          ...isolated,
          name: 'sweeps:node',
          include: [...SWEEPS, ...WHOLE_SWEEPS],
          exclude: ['tests/react/**'],
          provide: { shareOfSweep: 1 },
        },
      },
      {
        ...source,
        plugins: [react()],
        test: {
          ...isolated,
          name: 'sweeps:jsdom',
          environment: 'jsdom',
          include: SWEEPS,
          exclude: ['tests/model/**'],
          setupFiles: [...isolated.setupFiles, 'tests/setup/jsdom.ts'],
          provide: { shareOfSweep: 1 },
        },
      },
      { ...source, test: { ...isolated, name: 'gates', include: ['tests/gates/**/*.test.ts'] } },
    ],
  },
});
