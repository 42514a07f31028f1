import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WITH_PRIVATE_PACKAGE } from '../package/typedApp';
import { installExample } from './installExample';

/** The private package as TypeScript finds it by any resolution. */
const PRIVATE_PACKAGE = `declare module '@upsolve/dashboard' {
  export function UpsolveDashboard(props: {
    token: string;
    permissions: import('react-upsolve-tenant').UpsolvePermissions;
    title?: string;
  }): import('react').ReactElement;
}
`;

/** How a compiler finds a package, and what kind of module the app's file is by its package.json. */
const RESOLUTIONS = {
  bundler: { module: 'esnext', type: 'module' },
  node16: { module: 'node16', type: 'commonjs' },
  nodenext: { module: 'nodenext', type: 'module' },
  node10: { module: 'commonjs', type: 'commonjs' },
} as const;
type Resolution = keyof typeof RESOLUTIONS;

/** What each version knows: the newest has no node10 any more, and the one before it wants to be told that it is meant. */
const COMPILERS: Record<string, { resolutions: readonly Resolution[]; more?: object }> = {
  'typescript-5.0': { resolutions: ['bundler', 'node16', 'nodenext', 'node10'] },
  'typescript-6': { resolutions: ['bundler', 'node16', 'nodenext', 'node10'], more: { ignoreDeprecations: '6.0' } },
  'typescript-7': { resolutions: ['bundler', 'node16', 'nodenext'] },
};

test('every entry fits an app for the oldest and the newest TypeScript, by every resolution that they know', async () => {
  const { folder } = await installExample('typescript', 'compat');
  const complaints: Record<string, string> = {};
  const toCome = Object.entries(COMPILERS).flatMap(([compiler, { resolutions }]) =>
    resolutions.map((resolution) => [compiler, resolution] as const),
  );
  const total = toCome.length;
  const compileNext = async (): Promise<void> => {
    const next = toCome.shift();
    if (!next) return;
    complaints[next.join(', ')] = await compile(folder, ...next);
    await compileNext();
  };
  await Promise.all([compileNext(), compileNext()]);
  expect(Object.entries(complaints).filter(([, complaint]) => complaint)).toEqual([]);
  expect(Object.keys(complaints)).toHaveLength(total);
});

/** What a compiler complains of in an app by a resolution; nothing where all is well. */
async function compile(folder: string, compiler: string, resolution: Resolution): Promise<string> {
  const { module, type } = RESOLUTIONS[resolution];
  const app = join(folder, `${compiler}-${resolution}`);
  mkdirSync(app);
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    module,
    moduleResolution: resolution,
    jsx: 'react-jsx',
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
    types: [],
    ...COMPILERS[compiler]?.more,
  };
  const files = {
    'package.json': JSON.stringify({ type }),
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*'] }),
    'private.d.ts': PRIVATE_PACKAGE,
    'App.tsx': WITH_PRIVATE_PACKAGE,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(app, name), text);
  const tsc = join(folder, 'node_modules', compiler, 'bin', 'tsc');
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', app, '--pretty', 'false'], (error, output, complaint) =>
      resolve(output + complaint || (error?.message ?? '')),
    );
  });
}
