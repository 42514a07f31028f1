import react from '@vitejs/plugin-react';
import { build, type Rolldown } from 'vite';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { publicNames } from '../setup/publicNames';

/** Path and content of each file of a page that was built from a folder with an `index.html`. */
export type BuiltPage = ReadonlyMap<string, string | Uint8Array>;

/** The React of the page: 19, or 18 where REACT_MAJOR says so. */
export const REACT_MAJOR: string = process.env['REACT_MAJOR'] ?? '19';

const REACT_18 = fileURLToPath(new URL('../../compat/react18/node_modules', import.meta.url));

export async function buildPage(root: string): Promise<BuiltPage> {
  const react18 = { find: /^(react|react-dom)(\/.*)?$/, replacement: `${REACT_18}/$1$2` };
  const built = (await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [react()],
    resolve: { alias: [...publicNames, ...(REACT_MAJOR === '18' ? [react18] : [])], dedupe: ['react', 'react-dom'] },
    build: { write: false, minify: false, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 4_000 },
  })) as Rolldown.RolldownOutput;
  return new Map(built.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]));
}

const CONTENT_TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

/** Hands a browser's page the files of this site. No server: nothing but the page itself is asked. */
export async function routePage(
  page: Page,
  site: string,
  files: BuiltPage,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.route(`${site}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const body = files.get(pathname === '/' ? '/index.html' : pathname);
    if (body === undefined) return await route.fulfill({ status: 404 });
    const contentType = CONTENT_TYPES[pathname.split('.').at(-1) ?? ''] ?? 'text/html';
    await route.fulfill({ contentType, headers: { ...headers }, body: Buffer.from(body) });
  });
}
