import { fileURLToPath } from 'node:url';
import type { Alias } from 'vite';

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** The package's public names, read from the source: for vitest, Storybook and every page that a test serves. */
export const publicNames: Alias[] = [
  { find: /^react-upsolve-tenant$/, replacement: `${src}/index.ts` },
  { find: /^react-upsolve-tenant\/(server|testing)$/, replacement: `${src}/$1.ts` },
  { find: /^react-upsolve-tenant\/dashboard$/, replacement: `${src}/dashboard.tsx` },
  { find: /^react-upsolve-tenant\/styles\.css$/, replacement: `${src}/styles.css` },
];
