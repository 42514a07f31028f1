import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { startBackend } from '../check/backend';
import { installed } from './consumer';

interface Ended {
  readonly code: unknown;
  readonly output: string;
  readonly complaint: string;
}

/** Runs the command of the packed package as npx does, in a process of its own. */
async function run(args: readonly string[], { headers = '', input = '' } = {}): Promise<Ended> {
  const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { bin: string };
  const child = spawn(process.execPath, [join(installed, bin), ...args], {
    env: { ...process.env, CHECK_HEADERS: headers },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const [output, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as unknown, output, complaint };
}

describe('react-upsolve-tenant check', () => {
  it('says before it begins that it mints real tokens, then line by line what holds, and ends with 0', async () => {
    const backend = await startBackend();
    const { code, output, complaint } = await run(['check', backend.url, '--tenant', 'acme'], {
      headers: `Cookie: ${backend.cookie}`,
    });
    expect(complaint).toBe('');
    expect(output).toMatch(/^Checks http.*\nIt mints real tokens/);
    expect(output).toContain('\nregister\n  ✓ Answered 200 with JSON in ');
    expect(output).toContain('\n0 wrong, 0 could be safer, ');
    expect(output).not.toContain(backend.cookie);
    // No colours where nobody looks.
    expect(output).not.toContain('\u001b');
    expect(code).toBe(0);
  });

  it('takes headers from standard input, and answers a machine in JSON', async () => {
    const backend = await startBackend();
    const { code, output } = await run(['check', backend.url, '--json', '--headers-stdin'], {
      input: `Cookie: ${backend.cookie}\n`,
    });
    const result = JSON.parse(output) as { ok: boolean; url: string; findings: unknown[] };
    expect(result).toMatchObject({ ok: true, url: backend.url });
    expect(result.findings.length).toBeGreaterThan(20);
    expect(code).toBe(0);
  });

  it('ends with 1 on a fault, and names its cure', async () => {
    const backend = await startBackend();
    const { code, output } = await run(['check', backend.url]);
    expect(output).toMatch(/✗ unauthenticated\. POST .* answered 401.*\n {4}The check was given no session/);
    expect(code).toBe(1);
  });

  it('takes other paths, and asks register where there is none for refreshing', async () => {
    const backend = await startBackend();
    const { code, output } = await run(
      ['check', new URL(backend.url).origin, '--register', '/upsolve/tenant/register', '--no-permissions'],
      { headers: `Cookie: ${backend.cookie}` },
    );
    // The handler's own register route hands out a kept token, which a refresh can't do with.
    expect(output).toContain('token_not_renewed: the same token came again');
    expect(backend.requests.map(({ url }) => new URL(url).pathname)).not.toContain('/upsolve/tenant/refresh-token');
    expect(code).toBe(1);
  });

  it.each([
    [['check'], 'Say where your routes stand'],
    [['mint', 'https://app.example'], 'The one command is check'],
    [['check', 'app.example'], 'URL is not a URL'],
    [['check', 'ftp://app.example'], 'URL is not an http: or https: URL'],
    [['check', 'https://app.example', '--origin', 'www'], '--origin is not an origin'],
    [['check', 'https://app.example', '--cookie=sid=secret-of-a-user'], 'Headers are not taken from the command line'],
    [['check', 'https://app.example', '-HCookie: secret-of-a-user'], 'Headers are not taken from the command line'],
    [['check', 'https://app.example', '--verbose'], "Unknown option '--verbose'"],
  ])('%j ends with 2 and says why', async (args, why) => {
    const { code, output, complaint } = await run(args);
    expect(complaint).toContain(why);
    expect(complaint).toContain('--help says how');
    expect(complaint + output).not.toContain('secret-of-a-user');
    expect(code).toBe(2);
  });

  it('a line of headers that is none is named by its number, and not repeated', async () => {
    const { code, complaint } = await run(['check', 'https://app.example'], {
      headers: 'Accept: */*\n\nsecret-of-a-user',
    });
    expect(complaint).toContain('Line 3 of the headers');
    expect(complaint).not.toContain('secret-of-a-user');
    expect(code).toBe(2);
  });

  it('--help says how a header is given, and what it costs', async () => {
    const { code, output } = await run(['--help']);
    expect(output).toMatch(/CHECK_HEADERS='Cookie: [^\n]+' npx react-upsolve-tenant check/);
    expect(output).toContain('mints real tokens');
    expect(code).toBe(0);
  });
});
