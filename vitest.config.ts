import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { Alias } from 'vite';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './tests/setup/chromium.ts';
import { publicNames } from './tests/setup/publicNames.ts';

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
  testTimeout: 30_000,
  server: { deps: { inline: reactMajor === '18' ? [/@testing-library\/react/, /@tanstack\/react-query/] : [] } },
};
/** A page in a browser is waited for, not hurried: a busy machine is slow, and slow is not wrong. */
const driven = { testTimeout: 60_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } };
/** Made anew for each project: vitest writes the project's name into it. */
const createChromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions }),
  instances: [{ browser: 'chromium' as const }],
});

/**
 * unit:*     src, on fake time: tests/{core,server,model,setup,gates} in Node, tests/react and tests/testing in jsdom
 * package    what ships: the packed tarball
 * browser:*  tests/browser: *.page.test.tsx runs inside Chromium, everything else drives it from Node
 * demo       the demo, in Chromium
 * stories:*  every story in Chromium with axe: from the source in light, and in dark as it is built
 */
export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: { ...isolated, name: 'unit:node', include: ['tests/{core,server,model,setup,gates}/**/*.test.{ts,tsx}'] },
      },
      {
        ...source,
        plugins: [react()],
        test: {
          ...isolated,
          name: 'unit:jsdom',
          environment: 'jsdom',
          include: ['tests/{react,testing}/**/*.test.{ts,tsx}'],
          setupFiles: [...isolated.setupFiles, 'tests/setup/jsdom.ts'],
        },
      },
      {
        test: {
          name: 'package',
          include: ['tests/package/**/*.test.{ts,tsx}'],
          globalSetup: ['tests/setup/packedPackage.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
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
        },
      },
      {
        ...source,
        plugins: [storybookTest({ configDir: path('.storybook') })],
        test: { name: 'stories:source', browser: createChromium() },
      },
      {
        ...source,
        test: {
          name: 'stories:built',
          include: ['tests/stories/**/*.test.{ts,tsx}'],
          globalSetup: ['tests/stories/builtStorybook.ts'],
          // Stories mostly wait; more at once than this would only be slower each.
          maxConcurrency: 3,
          ...driven,
        },
      },
    ],
  },
});
