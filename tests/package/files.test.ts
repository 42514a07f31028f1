import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installed } from './consumer';
import { listNamed, SHIPPED_FILES } from './shippedFiles';

const files = readdirSync(installed, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
  .sort();
const read = (name: string): string => readFileSync(join(installed, name), 'utf8');
const clientEntries = ['index', 'dashboard', 'testing'].flatMap((name) => [`dist/${name}.js`, `dist/${name}.cjs`]);

describe('the packed package', () => {
  it('holds four entries in two formats with their types, the command, the looks, the contract and the papers', () => {
    expect(listNamed(files)).toEqual(SHIPPED_FILES);
  });

  it.each(clientEntries)('marks %s as code for the client, before anything else', (name) => {
    expect(read(name)).toMatch(/^(["']use strict["'];\s*)?["']use client["'];/);
  });

  it.each(['dist/server.js', 'dist/server.cjs'])('leaves %s to the server', (name) => {
    expect(read(name)).not.toMatch(/['"]use client['"]/);
  });

  it.each(['dist/index.js', 'dist/index.cjs', 'dist/index.d.ts', 'dist/index.d.cts'])(
    'never imports the private package in %s',
    (name) => {
      expect(read(name)).not.toMatch(/(from|import|require)\s*\(?\s*['"]@upsolve/);
    },
  );

  it.each(files.filter((name) => /\.c?js$/.test(name)))(
    'leads a debugger from %s to no map that is not there',
    (name) => {
      expect(read(name)).not.toMatch(/\/\/[#@] sourceMappingURL/);
    },
  );

  it('holds no path of a machine, no key and no token', () => {
    for (const name of files) {
      expect(read(name), name).not.toMatch(/\/(work|tmp|root|home|Users)\/[a-z]/);
      expect(read(name), name).not.toMatch(/up_(embed|admin)_[A-Za-z0-9]{6,}|eyJ[\w-]{16,}\./);
    }
  });
});
