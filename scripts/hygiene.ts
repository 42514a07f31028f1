import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What no tool's own rule set covers: things that must not stand in a tracked file. */
interface Rule {
  what: string;
  files: RegExp;
  line: RegExp;
}

const LOCK = /(^|\/)package-lock\.json$/;
/** A checksum in a lock file may look like anything. */
const ANY = /(?<!(^|\/)package-lock\.json)$/;
const RULES: readonly Rule[] = [
  { what: 'a path of one machine', files: ANY, line: /\/(work|tmp|root|home|Users)\/[a-z]/ },
  { what: 'what looks like an Upsolve API key', files: ANY, line: /up_(embed|admin)_[A-Za-z0-9]{6,}/ },
  { what: 'what looks like a token', files: ANY, line: /eyJ[\w-]{16,}\.[\w-]{16,}/ },
  { what: 'what looks like a private key', files: ANY, line: /-----BEGIN [A-Z ]*PRIVATE KEY/ },
  { what: 'a registry', files: /./, line: /https?:\/\/[^\s"'/]*(registry|artifactory|nexus|verdaccio)/ },
  { what: 'a download address in the lock file', files: LOCK, line: /"resolved": "(https?|git)/ },
  { what: 'an issue number', files: ANY, line: /\b(issue|fix(es)?|closes?|GH)[ -]?#\d+/i },
  {
    what: 'a test that does not run, or the only one that does',
    files: /^(src|tests|stories|demo|bench)\//,
    line: /\b(it|test|describe|suite|bench)(\.\w+)*\.(only|skip|todo)\b|\b(xit|fit|xdescribe|fdescribe)\(/,
  },
];

const BANNED_NAMES = ['utils', 'util', 'helpers', 'helper', 'common', 'types', 'constants', 'misc', 'shared'];
const MOST_LINES = 220;

export interface TrackedFile {
  path: string;
  text: string;
}

export function findHygieneFaults(files: readonly TrackedFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.split('\n');
    const faults = RULES.filter((rule) => rule.files.test(path)).flatMap((rule) =>
      lines.flatMap((line, index) => (rule.line.test(line) ? [`${path}:${index + 1} ${rule.what}`] : [])),
    );
    if (BANNED_NAMES.includes(basename(path, extname(path)))) faults.push(`${path} a name that says nothing`);
    if (/^src\/.*\.tsx?$/.test(path) && lines.length - 1 > MOST_LINES) {
      faults.push(`${path} ${lines.length - 1} lines, over ${MOST_LINES}`);
    }
    return faults;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const paths = execFileSync('git', ['ls-files', '-z', '--cached'], { encoding: 'utf8' }).split('\0').filter(Boolean);
  const faults = findHygieneFaults(paths.map((path) => ({ path, text: readFileSync(path, 'utf8') })));
  for (const fault of faults) console.error(fault);
  console.log(`${paths.length} tracked files, ${faults.length} faults`);
  process.exitCode = faults.length ? 1 : 0;
}
