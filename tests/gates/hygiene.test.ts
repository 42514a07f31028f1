import { describe, expect, it } from 'vitest';
import { findHygieneFaults } from '../../scripts/hygiene';

/** Put together here, so that this file passes the check it tests. */
const join = (...parts: string[]): string => parts.join('');
const faultsOf = (path: string, text: string): string[] => findHygieneFaults([{ path, text }]);

describe('the hygiene gate', () => {
  it.each([
    ['a path of one machine', 'src/a.ts', join('/', 'home', '/', 'someone')],
    ['what looks like an Upsolve API key', 'README.md', ['up', 'embed', 'x'.repeat(8)].join('_')],
    ['what looks like a token', 'tests/a.test.ts', join('eyJ', 'a'.repeat(20), '.', 'b'.repeat(20))],
    ['what looks like a private key', 'a.pem', join('-----BEGIN', ' PRIVATE KEY-----')],
    ['a registry', '.npmrc', join('registry=https://', 'registry.example.com')],
    ['a download address in the lock file', 'package-lock.json', join('"resolved": "', 'https://example.com/a.tgz"')],
    ['a download address in the lock file', 'a/package-lock.json', join('"resolved": "', 'https://example.com/a.tgz"')],
    ['an issue number', 'src/a.ts', join('// fixes ', '#12')],
    ['a test that does not run, or the only one that does', 'tests/a.test.ts', join('it.', 'skip("x")')],
    [
      'a test that does not run, or the only one that does',
      'tests/a.test.ts',
      join('describe.concurrent.', 'only("x")'),
    ],
  ])('finds %s', (what, path, text) => {
    expect(faultsOf(path, `fine\n${text}\n`)).toEqual([`${path}:2 ${what}`]);
  });

  it('finds a name that says nothing, in any room', () => {
    expect(faultsOf('tests/react/helpers.ts', '')).toEqual(['tests/react/helpers.ts a name that says nothing']);
  });

  it('finds a source file of more than 220 lines, and lets one of 220 pass', () => {
    expect(faultsOf('src/core/a.ts', 'x\n'.repeat(221))).toEqual(['src/core/a.ts 221 lines, over 220']);
    expect(faultsOf('src/core/a.ts', 'x\n'.repeat(220))).toEqual([]);
  });

  it('finds nothing in a file that is fine', () => {
    expect(faultsOf('a/package-lock.json', `"integrity": "sha512-${join('/', 'tmp', '/', 'a')}"\n`)).toEqual([]);
    expect(faultsOf('src/core/a.ts', '// `up_embed_…` is the vendor’s form\nexport const a = 1;\n')).toEqual([]);
  });
});
