/** Rooms of src, and the one direction in which they may import: entries → react → core ← server, check; testing → server,
 * core. */
const CORE = '^src/core/';
const REACT = '^src/react/';
const SERVER = '^src/server/';
const TESTING = '^src/testing/';
const CHECK = '^src/check/';
const ENTRY = '^src/[^/]+\\.tsx?$';
/** `react-upsolve-tenant`, which tsconfig.json leads to the main entry. */
const BY_PUBLIC_NAME = ['aliased-tsconfig-paths'];

/** Packages that the build puts inside ours, as scripts/bundledLicences.ts has them. */
const BUNDLED_PACKAGES = '(^|/)node_modules/(jose|lru-cache)/';

/** Packages that only the React side may know. */
const REACT_PACKAGES = '(^|/)node_modules/(react|react-dom|@tanstack/react-query|@types/react|@types/react-dom)/';

const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    error('no-circle', 'Imports run one way, type imports counted.', {}, { circular: true }),
    error(
      'core-stands-alone',
      'Core imports nothing but core: no React, no react-query, no package.',
      { path: CORE },
      { pathNot: CORE },
    ),
    error(
      'react-on-core',
      'The React room imports core and its peers.',
      { path: REACT },
      { path: '^src/', pathNot: [CORE, REACT] },
    ),
    error(
      'server-on-core',
      'The backend half imports core.',
      { path: SERVER },
      { path: '^src/', pathNot: [CORE, SERVER] },
    ),
    error('server-without-react', 'The backend half runs without React.', { path: SERVER }, { path: REACT_PACKAGES }),
    error('check-on-core', 'The check imports core.', { path: CHECK }, { path: '^src/', pathNot: [CORE, CHECK] }),
    error(
      'check-stands-on-node',
      'The check runs without any package.',
      { path: CHECK },
      { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/@types/node/' },
    ),
    error(
      'check-entry',
      'The command names what check holds.',
      { path: '^src/check\\.ts$' },
      { path: '^src/', pathNot: [CHECK] },
    ),
    error(
      'testing-on-server-and-core',
      'Testing imports server and core; React comes through the main entry, by its public name, so that a page has one context.',
      { path: TESTING },
      { path: '^src/', pathNot: [CORE, SERVER, TESTING], dependencyTypesNot: BY_PUBLIC_NAME },
    ),
    error(
      'main-entry',
      'The main entry names what react and core hold.',
      { path: '^src/index\\.ts$' },
      { path: '^src/', pathNot: [CORE, REACT] },
    ),
    error(
      'react-server-entry',
      'What a Server Component gets is the main entry, and what of core needs no page.',
      { path: '^src/reactServer\\.ts$' },
      { path: '^src/', pathNot: [CORE, '^src/index\\.ts$'] },
    ),
    error(
      'server-entry',
      'The server entry names what server and core hold.',
      { path: '^src/server\\.ts$' },
      { path: '^src/', pathNot: [CORE, SERVER] },
    ),
    error(
      'testing-entry',
      'The testing entry names what testing holds.',
      { path: '^src/testing\\.ts$' },
      { path: '^src/', pathNot: [TESTING] },
    ),
    error(
      'dashboard-entry',
      'The dashboard entry reaches the rest by its public name.',
      { path: '^src/dashboard\\.tsx$' },
      { path: '^src/', dependencyTypesNot: BY_PUBLIC_NAME },
    ),
    error(
      'in-use',
      'A file that no entry leads to is dead.',
      { path: ENTRY },
      { path: '^src/', pathNot: [ENTRY, '^src/styles\\.css\\.d\\.cts$'], reachable: false },
    ),
    error('unresolved', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
    error(
      'no-dev-package',
      'What ships imports only what a user gets: dependencies, peers, and what is bundled.',
      { path: '^src/' },
      {
        pathNot: BUNDLED_PACKAGES,
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm-peer', 'type-only'],
      },
    ),
    error(
      'names-say-something',
      'No room that everyone runs through: the function belongs to its caller.',
      {},
      { path: '(^|/)(utils?|helpers?|common|types|constants|misc|shared)(/|\\.[jt]sx?$)', pathNot: 'node_modules' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
