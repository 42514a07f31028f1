import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompilerState, Extractor, ExtractorConfig, type ExtractorLogLevel } from '@microsoft/api-extractor';
import { format, resolveConfig } from 'prettier';
import { buildIfStale } from './buildIfStale.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where the reports are committed. */
const FOLDER = 'docs/api';

interface Manifest {
  exports: Record<string, string | { import?: { types?: string } }>;
}

/**
 * The public types of each entry in `exports` of a package that has been built: file name → report. A type that is part of
 * an exported one but has no name outside is in it too, since a change of it reaches users all the same.
 */
export async function describeApi(root: string): Promise<Map<string, string>> {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const entries = Object.entries(exports).flatMap(([name, target]) => {
    const types = typeof target === 'string' ? undefined : target.import?.types;
    return types ? [{ file: `${name === '.' ? 'index' : name.slice(2)}.api.md`, types: join(root, types) }] : [];
  });
  const folder = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    const configs = entries.map((entry) => createConfig(root, folder, entry));
    const [first] = configs;
    if (!first) return new Map();
    const compilerState = CompilerState.create(first, { additionalEntryPoints: entries.map(({ types }) => types) });
    for (const config of configs) {
      Extractor.invoke(config, {
        compilerState,
        localBuild: true,
        // It says where it writes, and what it would have in comments: the lint and type gates are the ones that judge.
        messageCallback: (message) => {
          message.handled = true;
        },
      });
    }
    const style = await resolveConfig(join(ROOT, FOLDER, 'index.api.md'));
    const reports = entries.map(async ({ file }): Promise<[string, string]> => {
      const report = readFileSync(join(folder, file), 'utf8');
      return [file, await format(report, { ...style, parser: 'markdown' })];
    });
    return new Map(await Promise.all(reports));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function createConfig(root: string, folder: string, entry: { file: string; types: string }): ExtractorConfig {
  const silent = { default: { logLevel: 'none' as ExtractorLogLevel } };
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: entry.types,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2022',
            lib: ['ES2023', 'DOM'],
            module: 'ESNext',
            // An entry that names another by its public name finds it by `exports`, as it does for a user.
            moduleResolution: 'bundler',
            strict: true,
            exactOptionalPropertyTypes: true,
            skipLibCheck: true,
            types: [],
          },
          files: [entry.types],
        },
      },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: entry.file,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
  });
}

/** The reports that differ from those in a folder, are missing there, or stand there for no entry. */
export function findChangedReports(reports: ReadonlyMap<string, string>, folder: string): string[] {
  const committed = readReports(folder);
  return [...new Set([...reports.keys(), ...committed.keys()])]
    .filter((file) => reports.get(file) !== committed.get(file))
    .sort();
}

function readReports(folder: string): Map<string, string> {
  mkdirSync(folder, { recursive: true });
  return new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

function writeReports(reports: ReadonlyMap<string, string>, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, report] of reports) writeFileSync(join(folder, file), report);
}

/** Prints what differs between what is committed and what the types are now. */
function printDifference(reports: ReadonlyMap<string, string>): void {
  const now = mkdtempSync(join(tmpdir(), 'api-'));
  writeReports(reports, now);
  spawnSync('git', ['--no-pager', 'diff', '--no-index', '--', FOLDER, now], { cwd: ROOT, stdio: 'inherit' });
  rmSync(now, { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  buildIfStale();
  const folder = join(ROOT, FOLDER);
  const reports = await describeApi(ROOT);
  const changed = findChangedReports(reports, folder);
  if (process.argv.includes('--accept')) {
    writeReports(reports, folder);
    console.log(`${changed.length} reports of ${reports.size} written anew`);
  } else {
    if (changed.length > 0) {
      printDifference(reports);
      console.error(`The public types have changed: ${changed.join(', ')}. If that is meant, run npm run api:accept.`);
    }
    console.log(`${reports.size} reports, ${changed.length} changed`);
    process.exitCode = changed.length > 0 || reports.size === 0 ? 1 : 0;
  }
}
