import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { publicNames } from '../tests/setup/publicNames.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Files by URL path. */
export type BuiltFiles = ReadonlyMap<string, string | Uint8Array>;

export const APP_PAGE = '/page/index.html';
export const SHARE_PAGE = '/upsolve/share/share.html';

/** Builds the app's page and the hub's from source, into memory: nothing is left behind, and two demos don't meet. */
export async function buildPages(): Promise<BuiltFiles> {
  const built = (await build({
    configFile: false,
    root: path('.'),
    logLevel: 'warn',
    publicDir: false,
    plugins: [react()],
    resolve: { alias: publicNames, dedupe: ['react', 'react-dom'] },
    build: {
      write: false,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: { input: [path(`.${APP_PAGE}`), path(`.${SHARE_PAGE}`)] },
    },
  })) as Rolldown.RolldownOutput;
  return new Map(built.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]));
}
