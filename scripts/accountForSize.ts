import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

/** What each source file adds to the four names: minified bytes, and the whole as brotli. For `settings/sizeLimits.js`. */
const root = fileURLToPath(new URL('..', import.meta.url));
const result = await build({
  absWorkingDir: root,
  stdin: {
    contents:
      "export { UpsolveTenantProvider, useUpsolveTenant, useTokenRefresh, SecureUpsolveDashboard } from './src/index';",
    resolveDir: root,
  },
  external: ['react', 'react-dom', '@tanstack/react-query'],
  bundle: true,
  minify: true,
  metafile: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
});

const [output] = Object.values(result.metafile.outputs);
const rows = Object.entries(output?.inputs ?? {})
  .map(([path, { bytesInOutput }]) => ({ path, bytesInOutput }))
  .sort((a, b) => b.bytesInOutput - a.bytesInOutput);
const whole = result.outputFiles[0]?.contents ?? new Uint8Array();
for (const { path, bytesInOutput } of rows) console.log(`${String(bytesInOutput).padStart(7)}  ${path}`);
console.log(`${String(whole.byteLength).padStart(7)}  minified`);
console.log(`${String(brotliCompressSync(whole).byteLength).padStart(7)}  minified, brotli`);
