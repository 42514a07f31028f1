import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { consumer } from './consumer';
import { APP, WITH_PRIVATE_PACKAGE } from './typedApp';

const { Bundler, Node16 } = ts.ModuleResolutionKind;
const file = join(consumer, 'App.tsx');

/** The program of one file in the consumer, as an app has it. */
function createApp(app: string, moduleResolution: ts.ModuleResolutionKind, type: string): ts.Program {
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ type }));
  writeFileSync(file, app);
  return ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: moduleResolution === Bundler ? ts.ModuleKind.ESNext : ts.ModuleKind.Node16,
    moduleResolution,
    jsx: ts.JsxEmit.ReactJSX,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
    noUncheckedSideEffectImports: true,
    types: [],
  });
}

describe('the types of the packed package', { timeout: 60_000 }, () => {
  it.each([
    ['a bundler', Bundler, 'module', WITH_PRIVATE_PACKAGE],
    ['Node, as ESM', Node16, 'module', WITH_PRIVATE_PACKAGE],
    ['Node, as CommonJS', Node16, 'commonjs', APP],
  ] as const)('fit an app for %s', (_, moduleResolution, type, app) => {
    const program = createApp(app, moduleResolution, type);
    const ours = program
      .getSourceFiles()
      .filter(({ fileName }) => fileName === file || fileName.includes('react-upsolve-tenant/dist/'));
    expect(ours.length).toBeGreaterThan(3);
    const faults = ours
      .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])
      .map(({ file: at, messageText }) => `${at?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    expect(faults).toEqual([]);
  });

  it.each([
    ['endpoint', '<UpsolveTenantProvider />'],
    ['dashbordId', '<SecureUpsolveDashboard dashboard={UpsolveDashboardFrame} dashbordId="sales" />'],
  ])('name %s where it is what is wrong', (name, element) => {
    const names = 'SecureUpsolveDashboard, UpsolveDashboardFrame, UpsolveTenantProvider';
    const app = `import { ${names} } from 'react-upsolve-tenant';\nexport const wrong = ${element};\n`;
    const program = createApp(app, Bundler, 'module');
    const faults = program.getSemanticDiagnostics(program.getSourceFile(file));
    expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([
      expect.stringContaining(`'${name}'`),
    ]);
  });
});
