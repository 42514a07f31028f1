/** What users get, by path. What the types of two entries have in common stands in files of their own, named by a hash. */
export const SHIPPED_FILES: readonly string[] = [
  ...['ARCHITECTURE', 'CHANGELOG', 'CONTRIBUTING', 'README', 'SECURITY'].map((name) => `${name}.md`),
  'LICENSE',
  ...['dashboard', 'index', 'server', 'testing'].flatMap((name) =>
    ['cjs', 'd.cts', 'd.ts', 'js'].map((extension) => `dist/${name}.${extension}`),
  ),
  'dist/THIRD-PARTY-LICENCES.txt',
  'dist/check.js',
  'dist/reactServer.cjs',
  'dist/reactServer.js',
  'dist/serverOnly.js',
  'dist/styles.css',
  'dist/styles.css.d.cts',
  'docs/contract.md',
  'docs/guides.md',
  'docs/mounting.md',
  'docs/openapi.yaml',
  'docs/token-life.md',
  'package.json',
].sort();

/** The files of a list, but for those named by a hash. */
export function listNamed(files: readonly string[]): string[] {
  return files.filter((name) => !/-[\w-]{8}\.d\.c?ts$/.test(name)).sort();
}
