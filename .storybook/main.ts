import type { StorybookConfig } from '@storybook/react-vite';
import { mergeConfig } from 'vite';
import { publicNames } from '../tests/setup/publicNames.ts';

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      resolve: { alias: publicNames },
      build: {
        // Storybook's own chunks are what they are.
        chunkSizeWarningLimit: 4_000,
        rolldownOptions: {
          checks: { pluginTimings: false },
          // 'use client' is for frameworks with server components, which Storybook is not.
          onwarn(warning: { code?: string }, warn: (warning: unknown) => void) {
            if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
          },
        },
      },
    }),
};

export default config;
