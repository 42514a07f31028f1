import { parseArgs } from 'node:util';
import type { CheckOptions } from './runCheck';

export const HELP = `Usage: react-upsolve-tenant check URL [options]

Plays the requests of UpsolveTenantProvider against a running backend and says what
holds, what is wrong, with value and cure, and what would make the page safer.
It mints real tokens. Where your app acts when permissions change, it may do so.

  URL                     where your routes stand: https://app.example/upsolve
  --register PATH         default: URL/tenant/register
  --refresh PATH          default: URL/tenant/refresh-token; with --register: the same
  --permissions PATH      default: URL/permissions/tenant-settings/
  --no-permissions        there is no such route
  --tenant ID             the tenantId that your provider is given
  --origin ORIGIN         the page's origin, where it is another than the backend's
  --headers-stdin         reads headers from standard input
  --dangerously-allow-http
                          lets http: pass that is not on this machine
  --json                  one JSON document in place of text
  --help

Headers hold a session, so they are not taken from the command line, where the
shell's history and the machine's other users see them. One "Name: value" a line, in
the environment variable CHECK_HEADERS or with --headers-stdin:

  CHECK_HEADERS='Cookie: sessionid=…' npx react-upsolve-tenant check https://…
  print-headers | npx react-upsolve-tenant check https://… --headers-stdin

Ends with 0 if nothing is wrong, 1 on a fault, 2 if the command can't be understood.
`;

/** What the command line, the environment and standard input ask for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'check'; readonly isJson: boolean; readonly url: URL; readonly options: CommandOptions };

type CommandOptions = Pick<
  CheckOptions,
  'register' | 'refresh' | 'permissions' | 'headers' | 'tenantId' | 'origin' | 'dangerouslyAllowHttp'
>;

/** What can't be understood, in words for whoever typed it. They repeat no value. */
export class CommandError extends Error {}

/** @throws CommandError for what can't be understood. */
export async function parseCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  readInput: () => Promise<string>,
): Promise<Command> {
  const { values, positionals } = readArguments(args);
  if (values.help) return { kind: 'help' };
  const [command, base, ...more] = positionals;
  if (command !== 'check') throw new CommandError('The one command is check.');
  if (base === undefined) throw new CommandError('Say where your routes stand: check https://app.example/upsolve');
  if (more.length > 0) throw new CommandError('Give one URL.');
  const url = parseUrl('URL', base);
  const below = (path: string): URL => new URL(url.pathname.replace(/\/$/, '') + path, url);
  const given = (name: 'register' | 'refresh' | 'permissions'): URL | undefined => {
    const path = values[name];
    return path === undefined ? undefined : parseUrl(`--${name}`, path, url);
  };
  const register = given('register');
  const text = [env['CHECK_HEADERS'] ?? '', values['headers-stdin'] ? await readInput() : ''].join('\n');
  return {
    kind: 'check',
    isJson: values.json,
    url,
    options: {
      register: register ?? below('/tenant/register'),
      refresh: given('refresh') ?? (register ? undefined : below('/tenant/refresh-token')),
      permissions: values['no-permissions']
        ? undefined
        : (given('permissions') ?? below('/permissions/tenant-settings/')),
      headers: parseHeaders(text),
      tenantId: values.tenant,
      origin: values.origin === undefined ? undefined : parseOrigin(values.origin),
      dangerouslyAllowHttp: values['dangerously-allow-http'],
    },
  };
}

function readArguments(args: readonly string[]) {
  // What looks like a secret must not be repeated, not even in a complaint.
  if (args.some((arg) => /^(-H|--?(header|headers|cookie|authorization|token)(=|$))/i.test(arg))) {
    throw new CommandError(
      'Headers are not taken from the command line. Give them by CHECK_HEADERS or --headers-stdin.',
    );
  }
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        register: { type: 'string' },
        refresh: { type: 'string' },
        permissions: { type: 'string' },
        'no-permissions': { type: 'boolean', default: false },
        tenant: { type: 'string' },
        origin: { type: 'string' },
        'headers-stdin': { type: 'boolean', default: false },
        'dangerously-allow-http': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (thrown) {
    throw new CommandError((thrown as Error).message.split('.')[0] ?? '');
  }
}

function parseUrl(name: string, text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) throw new CommandError(`${name} is not a URL, such as https://app.example/upsolve.`);
  const url = new URL(text, base);
  if (!/^https?:$/.test(url.protocol)) throw new CommandError(`${name} is not an http: or https: URL.`);
  return url;
}

function parseOrigin(text: string): string {
  // A webview's origin has a scheme of its own, which `URL` calls null.
  const match = /^([a-z][a-z\d+.-]*:\/\/[^/?#\s]*)\/?$/i.exec(text);
  if (!match?.[1]) throw new CommandError('--origin is not an origin, such as https://www.app.example.');
  return match[1];
}

function parseHeaders(text: string): [string, string][] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        throw new CommandError(`Line ${number} of the headers is not of the form "Name: value".`);
      }
      return [name, value];
    });
}
