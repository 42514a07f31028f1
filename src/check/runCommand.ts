import { setTimeout as wait } from 'node:timers/promises';
import { CommandError, HELP, parseCommand } from './commandLine';
import { createReport, serializeResult } from './report';
import { runCheck } from './runCheck';

/** What a process gives a command. */
export interface CommandHost {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readInput: () => Promise<string>;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
}

/** Runs `react-upsolve-tenant …` and returns its exit code: 0, 1 on a fault, 2 for a command that can't be understood. */
export async function runCommand(host: CommandHost): Promise<number> {
  const { write, env } = host;
  try {
    const command = await parseCommand(host.args, env, host.readInput);
    if (command.kind === 'help') {
      write(HELP);
      return 0;
    }
    const { url, options, isJson } = command;
    const report = createReport(host.isTerminal && !env['NO_COLOR']);
    const tell = isJson ? () => undefined : write;
    tell(report.begin(url, options));
    const result = await runCheck({
      ...options,
      fetch: globalThis.fetch,
      now: () => Date.now(),
      wait: async (ms) => void (await wait(ms)),
      onFinding: (finding) => tell(report.tell(finding)),
    });
    write(isJson ? serializeResult(url, result) : report.end(result));
    return result.ok ? 0 : 1;
  } catch (thrown) {
    if (!(thrown instanceof CommandError)) throw thrown;
    host.writeError(`${thrown.message}\nreact-upsolve-tenant --help says how.\n`);
    return 2;
  }
}
