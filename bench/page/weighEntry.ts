import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Figure } from './figure';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FOUR_NAMES =
  "export { UpsolveTenantProvider, useUpsolveTenant, useTokenRefresh, SecureUpsolveDashboard } from './src/index';";
const HOOK = "export { useUpsolveToken } from './bench/page/app/useUpsolveToken';";
const REACT = ['react', 'react-dom'];
const QUERY = '@tanstack/react-query';

/** Not measured here: what the published packages of others weigh, who embed something; in bytes, minified, as brotli. */
const LIGHTER = 'Propel 830, Qlik 1416, Superset 3237 without React';
const HEAVIER = 'Embeddable 7564, Looker 15319, QuickSight 16021, Metabase 26457, Liveblocks 59136';

/** What an app adds to its page: minified, as brotli. */
export async function weighEntry(): Promise<Figure[]> {
  return [
    {
      what: 'bytes of the four names, peers outside',
      ours: await weigh(FOUR_NAMES, [...REACT, QUERY]),
      compare: `the hook ${await weigh(HOOK, REACT)}, ${LIGHTER}`,
      budget: '4500 is the aim',
    },
    {
      what: 'bytes of the four names with react-query',
      ours: await weigh(FOUR_NAMES, REACT),
      compare: HEAVIER,
      budget: '13000 is the aim',
    },
  ];
}

async function weigh(contents: string, external: string[]): Promise<number> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root },
    external,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
  });
  return brotliCompressSync(outputFiles[0]?.contents ?? new Uint8Array()).byteLength;
}
