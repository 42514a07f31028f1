import type { StorybookConfig } from '@storybook/react-vite';
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mergeConfig, type Plugin } from 'vite';
import { publicNames } from '../tests/setup/publicNames.ts';

/** Any server of static files finds a folder's page; the one of Storybook's development does not. */
const sharePages: Plugin = {
  name: 'share-pages',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const [folder] = /^\/share\/\w+\/\w+(?=\?|$)/.exec(request.url ?? '') ?? [];
      if (folder === undefined) return next();
      response.setHeader('Content-Type', 'text/html');
      createReadStream(fileURLToPath(new URL(`public${folder}/index.html`, import.meta.url))).pipe(response);
    });
  },
};

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  // The share pages that frames of stories show.
  staticDirs: ['./public'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      plugins: [sharePages],
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
