/** The fields of package.json that a user's tools read, in the order in which they are published. */
const PUBLISHED = [
  'name',
  'version',
  'description',
  'keywords',
  'homepage',
  'bugs',
  'repository',
  'license',
  'type',
  'sideEffects',
  'engines',
  'files',
  'bin',
  'main',
  'module',
  'types',
  'typesVersions',
  'alias',
  'exports',
  'peerDependencies',
  'peerDependenciesMeta',
  'dependencies',
];
/** The fields for work on the package, which stay here. */
const KEPT_HERE = ['scripts', 'devDependencies', 'overrides', 'allowScripts', 'prettier', 'knip'];

export interface Manifest extends Record<string, unknown> {
  name: string;
  version: string;
  /** The address of the repository's page, the one setting of a release. Unset: `''`. */
  repository?: string;
}

/**
 * The package.json that is published: what users need, and where the project is, made from `repository`. Fails on a field
 * that nobody has said of whether users need it.
 */
export function createPublishedManifest(manifest: Manifest): Record<string, unknown> {
  const unknown = Object.keys(manifest).filter((name) => ![...PUBLISHED, ...KEPT_HERE].includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `Say in scripts/publishedManifest.ts whether users need this of package.json: ${unknown.join(', ')}`,
    );
  }
  const fields: Record<string, unknown> = { ...manifest, ...describeProject(manifest) };
  return Object.fromEntries(PUBLISHED.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]));
}

function describeProject({ repository }: Manifest): Record<string, unknown> {
  if (!repository) return { repository: undefined };
  return {
    homepage: `${repository}#readme`,
    bugs: { url: `${repository}/issues` },
    repository: { type: 'git', url: `git+${repository}.git` },
  };
}

/** Why a package with this package.json must not be published, if so. */
export function findUnsetSetting({ repository }: Manifest): string | undefined {
  if (/^https:\/\/[^/\s]+(\/[^/\s#]+){2,}(?<!\.git)$/.test(repository ?? '')) return undefined;
  const fault = repository ? `is ${JSON.stringify(repository)}` : 'is not set';
  const cure = 'Set it to the address of its page, as in https://host/owner/name; homepage and bugs are made from it.';
  return `repository of package.json ${fault}. ${cure}`;
}
