import react from '@vitejs/plugin-react';
import { build, type Rolldown } from 'vite';
import { fileURLToPath } from 'node:url';
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
