import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { releaseChangelog } from '../../scripts/changelog';
import { createPublishedManifest, type Manifest } from '../../scripts/publishedManifest';
import { listNamed, SHIPPED_FILES } from './shippedFiles';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What is of use in this repository alone. */
const DEVELOPMENT = ['scripts', 'devDependencies', 'overrides', 'allowScripts', 'prettier', 'knip'];
const UNRELEASED = '# Changelog\n\n## Unreleased\n\n### Added\n\n- A name.\n';
const REPOSITORY = 'https://host.example/owner/name';

interface Publication {
  versions: Record<string, Record<string, unknown>>;
  _attachments: Record<string, { data: string }>;
}

/** A copy of the repository as it is cloned: without what is ignored, but with its packages installed. */
const clone = mkdtempSync(join(tmpdir(), 'clone-'));
/** Signs npm in to the registry. */
const userConfig = `${clone}.npmrc`;
const read = (): string => readFileSync(join(clone, 'package.json'), 'utf8');

/** A registry in which there is no package yet. */
let published: Publication[] = [];
const registry = createServer((request, response) => {
  const end = (status: number): unknown => response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  if (request.method !== 'PUT') return void end(404);
  void json(request).then((body) => {
    published.push(body as Publication);
    end(201);
  });
});

beforeAll(async () => {
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n');
  const isCloned = (path: string): boolean => basename(path) !== '.git' && !ignored.includes(`${basename(path)}/`);
  cpSync(ROOT, clone, { recursive: true, filter: isCloned });
  setManifest({ repository: '' });
  writeFileSync(join(clone, 'CHANGELOG.md'), UNRELEASED);
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'), 'junction');
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const host = `//127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  writeFileSync(userConfig, `registry = http:${host}\n${host}:_authToken = ${crypto.randomUUID()}\n`);
});
beforeEach(() => {
  published = [];
});
afterAll(() => {
  registry.close();
  rmSync(clone, { recursive: true, force: true });
  rmSync(userConfig);
});

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly complaint: string;
}

/** Runs npm in the clone, as a person does: nothing of the npm that runs this test reaches it. */
function runNpm(...args: string[]): Promise<Ended> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name)));
  return new Promise((resolve) => {
    execFile(
      'npm',
      args,
      { cwd: clone, env: { ...env, npm_config_userconfig: userConfig } },
      (error, output, complaint) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, output, complaint }),
    );
  });
}

/** Sets a field of package.json. The file keeps its time, or the package would be built anew. */
function setManifest(fields: Partial<Manifest>): Manifest {
  const path = join(clone, 'package.json');
  const { atime, mtime } = statSync(path);
  const manifest = { ...(JSON.parse(read()) as Manifest), ...fields };
  writeFileSync(path, JSON.stringify(manifest));
  utimesSync(path, atime, mtime);
  return manifest;
}

async function prepareRelease(): Promise<Manifest> {
  const manifest = setManifest({ repository: REPOSITORY });
  writeFileSync(join(clone, 'CHANGELOG.md'), await releaseChangelog(UNRELEASED, manifest, new Date()));
  return manifest;
}

describe('in a clean clone', { timeout: 300_000 }, () => {
  it('npm publish --dry-run builds, lists what ships and nothing else, and leaves nothing behind', async () => {
    expect(existsSync(join(clone, 'dist'))).toBe(false);
    const before = { manifest: read(), names: readdirSync(clone) };
    const { code, output, complaint } = await runNpm('publish', '--dry-run', '--json');
    expect(code, complaint).toBe(0);
    const told = JSON.parse(output.slice(output.indexOf('{'))) as Record<string, { files: { path: string }[] }>;
    const files = told['react-upsolve-tenant']!.files.map(({ path }) => path);
    expect(listNamed(files)).toEqual(SHIPPED_FILES);
    expect(complaint).toContain('A release will be refused: repository of package.json is not set.');
    expect(published).toEqual([]);
    expect({ manifest: read(), names: readdirSync(clone).filter((name) => name !== 'dist') }).toEqual(before);
  });

  it.each(['publish', 'run release'])(
    'npm %s is refused while repository is not set and the changelog tells of no such version',
    async (command) => {
      const { code, complaint } = await runNpm(...command.split(' '));
      expect(complaint).toContain('Not published: repository of package.json is not set. Set it to ');
      expect(complaint).toContain('Not published: CHANGELOG.md tells of no released ');
      expect(code).not.toBe(0);
      expect(published).toEqual([]);
    },
  );

  it('once it is prepared, npm run release tells the registry what the tarball holds: only what users need', async () => {
    const manifest = await prepareRelease();
    const { code, complaint } = await runNpm('run', 'release');
    expect(code, complaint).toBe(0);
    expect(published).toHaveLength(1);
    const [{ versions, _attachments }] = published as [Publication];
    const [{ data }] = Object.values(_attachments) as [{ data: string }];
    const held = execFileSync('tar', ['-xOzf', '-', 'package/package.json'], { input: Buffer.from(data, 'base64') });
    const users = JSON.parse(held.toString()) as Record<string, unknown>;
    expect(users).toEqual({
      ...createPublishedManifest(manifest),
      homepage: `${REPOSITORY}#readme`,
      bugs: { url: `${REPOSITORY}/issues` },
      repository: { type: 'git', url: `git+${REPOSITORY}.git` },
    });
    // npm writes the command's name out, and adds what it has made itself.
    expect(versions[manifest.version]).toMatchObject({ ...users, bin: { 'react-upsolve-tenant': manifest['bin'] } });
    for (const said of [users, versions[manifest.version]!]) {
      expect(Object.keys(said).filter((name) => DEVELOPMENT.includes(name))).toEqual([]);
    }
  });

  it('once it is prepared, npm publish of the folder says what to run instead, and sends nothing', async () => {
    const { code, complaint } = await runNpm('publish');
    expect(complaint).toContain('Not published: npm run release publishes what npm pack makes.');
    expect(code).not.toBe(0);
    expect(published).toEqual([]);
  });
});

describe('the package.json that is published', () => {
  it('holds no field that nobody has decided about', () => {
    const create = (): unknown => createPublishedManifest({ name: 'a', version: '1.0.0', newTool: {} });
    expect(create).toThrow('whether users need this of package.json: newTool');
  });
});
