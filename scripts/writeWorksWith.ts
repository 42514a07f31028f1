import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = join(ROOT, 'README.md');
const START = '<!-- Made by `npm run works-with`, from what the tests install. -->\n\n';
const END = '\n<!-- The end of it. -->';

/** What a reader looks for, by the name of its package, in the order of the table. */
const PRODUCTS: Readonly<Record<string, string>> = {
  react: 'React',
  typescript: 'TypeScript',
  next: 'Next',
  'react-router': 'React Router',
  '@tanstack/react-query': "The app's own @tanstack/react-query",
  vite: 'Vite',
  webpack: 'webpack',
  parcel: 'Parcel',
  jest: 'Jest',
  vitest: 'Vitest',
  hono: 'Hono',
  express: 'Express',
  fastify: 'Fastify',
  wrangler: 'Workers, by wrangler',
};

interface Installed {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Found {
  readonly product: string;
  readonly version: string;
  readonly folder: string;
}

/** The folders whose lock file says what a test installs. */
export function findLocked(): string[] {
  return ['examples', 'compat']
    .flatMap((parent) => readdirSync(join(ROOT, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => existsSync(join(ROOT, folder, 'package-lock.json')));
}

/** What a folder's lock file holds of the products, as far as its package.json asks for them. */
function readFolder(folder: string): Found[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Installed>;
  };
  const asked = Object.keys({ ...packages['']?.dependencies, ...packages['']?.devDependencies });
  return asked.flatMap((alias) => {
    const { name = alias, version } = packages[`node_modules/${alias}`] ?? {};
    const product = PRODUCTS[name];
    return product && version ? [{ product, version, folder }] : [];
  });
}

/** React 18 and 19, on which this repository's own tests run, and their runner. */
function readOwn(): Found[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Installed>;
  };
  const places = {
    'node_modules/react': 'React',
    'compat/react18/node_modules/react': 'React',
    'node_modules/vitest': 'Vitest',
  };
  return Object.entries(places).map(([place, product]) => {
    const version = packages[place]?.version;
    if (!version) throw new Error(`package-lock.json holds no ${place}.`);
    return { product, version, folder: 'tests' };
  });
}

/** The table: each version that a test installs, and the folder that shows it. */
export async function describeWorksWith(): Promise<string> {
  const found = [...readOwn(), ...findLocked().flatMap(readFolder)];
  const rows = Object.values(PRODUCTS).flatMap((product) => {
    const ofIt = found.filter((entry) => entry.product === product);
    const versions = [...new Set(ofIt.map(({ version }) => version))].sort((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    );
    return versions.map((version, index) => {
      const folders = [...new Set(ofIt.filter((entry) => entry.version === version).map(({ folder }) => folder))];
      return `| ${index === 0 ? product : ''} | ${version} | ${folders.map((folder) => `\`${folder}\``).join(', ')} |`;
    });
  });
  const table = ['| | Version | Tried by |', '|---|---|---|', ...rows].join('\n');
  return format(table, { ...(await resolveConfig(README)), parser: 'markdown' });
}

/** A text with the table in place of the one that it holds. */
export async function putWorksWith(text: string): Promise<string> {
  const [before, after] = [text.indexOf(START), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error('README.md has no place for the table.');
  return text.slice(0, before) + START + (await describeWorksWith()) + text.slice(after);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(README, await putWorksWith(readFileSync(README, 'utf8')));
}
