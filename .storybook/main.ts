import type { StorybookConfig } from '@storybook/react-vite';
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import remarkGfm from 'remark-gfm';
import { mergeConfig, type Plugin } from 'vite';
import { publicNames } from '../tests/setup/publicNames.ts';
import { API_FILES, readApi } from './readApi.ts';

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

const API_MODULE = 'virtual:api';

/** What the exported types say of themselves, as a module: tables and controls are made from it. */
const apiTables: Plugin = {
  name: 'api-tables',
  resolveId: (id) => (id === API_MODULE ? `\0${API_MODULE}` : undefined),
  load(id) {
    if (id !== `\0${API_MODULE}`) return undefined;
    for (const file of API_FILES) this.addWatchFile(file);
    return `export const api = ${JSON.stringify(readApi())};`;
  },
};

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  // Its mark, and the share pages that frames of stories show.
  staticDirs: ['./public'],
  addons: [
    {
      name: '@storybook/addon-docs',
      // Tables are GitHub's Markdown, not everybody's.
      options: { mdxPluginOptions: { mdxCompileOptions: { remarkPlugins: [remarkGfm] } } },
    },
    '@storybook/addon-a11y',
    '@storybook/addon-vitest',
  ],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  features: { sidebarOnboardingChecklist: false, menuOnboardingChecklist: false },
  // It reads neither the guard's overloads nor the frame's union: `virtual:api` does.
  typescript: { reactDocgen: false },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      plugins: [sharePages, apiTables],
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
