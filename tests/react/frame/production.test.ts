// @vitest-environment node
import { build } from 'esbuild';
import { expect, it } from 'vitest';

async function bundle(mode: 'production' | 'development'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['src/react/frame/UpsolveDashboardFrame.tsx'],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    external: ['react', 'react/jsx-runtime'],
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
  });
  return outputFiles[0]?.text ?? '';
}

it('holds nothing that only the developer is told', async () => {
  const told = /console|Content-Security-Policy|It takes exactly one/;
  expect(await bundle('production')).not.toMatch(told);
  expect(await bundle('development')).toMatch(told);
});
