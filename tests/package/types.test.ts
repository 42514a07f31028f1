import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { consumer } from './consumer';

const APP = `
import { isUpsolveTenantError, SecureUpsolveDashboard, UpsolveDashboardFrame, UpsolveTenantProvider, useTokenRefresh, useUpsolveTenant } from 'react-upsolve-tenant';
import { createUpsolveTenantHandler, type TenantIdentity } from 'react-upsolve-tenant/server';
import { createFakeBackend, FakeUpsolveTenantProvider } from 'react-upsolve-tenant/testing';

export const handler: typeof createUpsolveTenantHandler = createUpsolveTenantHandler;
export const backend = createFakeBackend();
export function Status() {
  const tenant = useUpsolveTenant();
  const { nextAttemptAt, handoverNow } = useTokenRefresh();
  if (isUpsolveTenantError(tenant.error)) return <button onClick={handoverNow}>{nextAttemptAt?.toISOString()}</button>;
  // The union tells what is there: a token only where the status says so.
  return <p>{tenant.status === 'ready' ? tenant.tenant.token : tenant.status}</p>;
}
export const app = (
  <UpsolveTenantProvider endpoint="/upsolve/tenant/register">
    <Status />
    <SecureUpsolveDashboard dashboard={UpsolveDashboardFrame} dashboardId="sales" theme="system" />
    <SecureUpsolveDashboard>{({ token }) => <p>{token}</p>}</SecureUpsolveDashboard>
  </UpsolveTenantProvider>
);
export const fake = <FakeUpsolveTenantProvider state={{ status: 'loading' }}>{app}</FakeUpsolveTenantProvider>;
// @ts-expect-error -- an option that does not exist is refused
export const wrong = <UpsolveTenantProvider endpoint="/" retries={3} />;
// @ts-expect-error -- endpoint is missing
export const missing = <UpsolveTenantProvider />;
// @ts-expect-error -- the frame has no such prop
export const misspelt = <SecureUpsolveDashboard dashboard={UpsolveDashboardFrame} dashbordId="sales" />;
// @ts-expect-error -- one kind of page
export const both = <SecureUpsolveDashboard dashboard={UpsolveDashboardFrame} dashboardId="sales" agentId="analyst" />;
// @ts-expect-error -- an answer, not a promise of one
export const early = <UpsolveTenantProvider endpoint="/" initialTenant={Promise.resolve({})} />;
const served = createUpsolveTenantHandler({ identify: () => null });
export async function Page({ identity }: { identity: TenantIdentity }) {
  const initialTenant = await served.tenantFor(identity);
  // @ts-expect-error -- what the handler answers is awaited first
  const unawaited = <UpsolveTenantProvider endpoint="/" initialTenant={served.tenantFor(identity)} />;
  return <UpsolveTenantProvider endpoint="/" initialTenant={initialTenant}>{unawaited}</UpsolveTenantProvider>;
}
`;

/** The stand-in for the private package is an ES module, which TypeScript lets no CommonJS file import. */
const WITH_PRIVATE_PACKAGE = `${APP}
import { SecureUpsolveDashboard as Bound } from 'react-upsolve-tenant/dashboard';
export const bound = <Bound title="Sales" />;
`;

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
