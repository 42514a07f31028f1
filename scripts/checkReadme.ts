import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SURROUNDINGS = join(ROOT, 'scripts', 'readme');

interface Document {
  name: string;
  text: string;
}

interface Block {
  /** The document and the line of the block's first line, from 1. */
  document: string;
  line: number;
  path: string;
  code: string;
}

/**
 * Type-checks every `ts` and `tsx` block of a document on its own, as a file that a user might have written, against the
 * package's public names.
 */
export function checkDocuments(documents: readonly Document[]): { blocks: number; faults: string[] } {
  const blocks = new Map(documents.flatMap(extractBlocks).map((block) => [block.path, block]));
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [], files: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (path) => blocks.get(path)?.code ?? readFile(path);
  host.fileExists = (path) => blocks.has(path) || fileExists(path);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, settings, ...rest) => {
    const block = blocks.get(path);
    return block ? ts.createSourceFile(path, block.code, settings, true) : getSourceFile(path, settings, ...rest);
  };
  const program = ts.createProgram(
    [...blocks.keys(), join(SURROUNDINGS, 'packages.d.ts'), join(SURROUNDINGS, 'setup.ts')],
    options,
    host,
  );
  const faults = [...blocks].flatMap(([path, block]) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((diagnostic) => {
      const line =
        file && diagnostic.start !== undefined ? file.getLineAndCharacterOfPosition(diagnostic.start).line : 0;
      return `${block.document}:${block.line + line} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`;
    });
  });
  return { blocks: blocks.size, faults };
}

function extractBlocks({ name, text }: Document): Block[] {
  return [...text.matchAll(/^```(tsx?)\b[^\n]*\n([\s\S]*?)^```/gm)].map((match) => {
    const [, extension, code] = match as unknown as [string, string, string];
    const line = text.slice(0, match.index).split('\n').length + 1;
    // It stands where it finds what a user's file finds: the packages, and an app around it. It is a module of its own.
    return {
      document: name,
      line,
      path: join(SURROUNDINGS, `${name.replaceAll('/', '.')}.${line}.${extension}`),
      code: `${code}\nexport {};`,
    };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const docs = existsSync('docs') ? readdirSync('docs').map((name) => `docs/${name}`) : [];
  const names = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs].filter((name) => name.endsWith('.md'));
  const { blocks, faults } = checkDocuments(names.map((name) => ({ name, text: readFileSync(name, 'utf8') })));
  for (const fault of faults) console.error(fault);
  console.log(`${blocks} blocks of ${names.length} documents, ${faults.length} faults`);
  process.exitCode = faults.length || !blocks ? 1 : 0;
}
