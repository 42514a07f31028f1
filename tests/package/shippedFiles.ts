/** What users get, by path. What the types of two entries have in common stands in files of their own, named by a hash. */
export const SHIPPED_FILES: readonly string[] = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  ...['dashboard', 'index', 'server', 'testing'].flatMap((name) =>
    ['cjs', 'd.cts', 'd.ts', 'js'].map((extension) => `dist/${name}.${extension}`),
  ),
  'dist/check.js',
  'dist/styles.css',
  'docs/contract.md',
  'docs/openapi.yaml',
  'package.json',
].sort();

/** The files of a list, but for those named by a hash. */
export function listNamed(files: readonly string[]): string[] {
  return files.filter((name) => !/-[\w-]{8}\.d\.c?ts$/.test(name)).sort();
}
