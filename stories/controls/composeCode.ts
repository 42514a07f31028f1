import { type ExampleName, getExampleSource } from '../examples/exampleSources';
import { getChoice, type Choice, type Choices, CHOSEN_PROPS } from './choices';
import { readFlags, readTexts } from './guardArgs';

/** What a story's code is made of. */
export interface CodeSubject {
  readonly args: Readonly<Record<string, unknown>>;
  /** An example that stands below the provider in place of a guard. */
  readonly example?: ExampleName | undefined;
  readonly isFramed?: boolean | undefined;
  readonly hasPermissionsEndpoint?: boolean | undefined;
}

/** This Storybook's own: where its share pages are, and which state is held still. */
const LEFT_OUT = ['baseUrl', 'state'];
const WIDEST = 100;
/** How far in the guard stands: below the provider, in a function. */
const GUARD_DEPTH = 6;

/** One file of an app: the provider, the guard with the story's own props, and each example that it uses. */
export function composeCode({ args, example, isFramed = false, hasPermissionsEndpoint = false }: CodeSubject): string {
  const props = example ? [] : readProps(args);
  const names = [...new Set([example, ...props.map((prop) => prop.example)].filter((name) => name !== undefined))];
  const sources = names.map((name) => splitImports(getExampleSource(name)));
  const dashboard = isFramed ? 'UpsolveDashboardFrame' : 'UpsolveDashboard';
  const hasDashboard = !example || !sources.some(({ body }) => body.includes('dashboard={'));
  const imports = [
    ...sources.flatMap((source) => source.imports),
    "import { UpsolveTenantProvider } from 'react-upsolve-tenant';",
    ...(example ? [] : ["import { SecureUpsolveDashboard } from 'react-upsolve-tenant';"]),
    ...(!hasDashboard
      ? []
      : isFramed
        ? ["import { UpsolveDashboardFrame } from 'react-upsolve-tenant';"]
        : ["import { UpsolveDashboard } from '@upsolve/dashboard';"]),
    ...(props.some(({ code }) => code.includes('as CSSProperties'))
      ? ["import type { CSSProperties } from 'react';"]
      : []),
  ];
  const provider = [
    'endpoint="/upsolve/tenant/register"',
    ...(hasPermissionsEndpoint ? ['permissionsEndpoint="/upsolve/permissions/tenant-settings/"'] : []),
    'tenantId={tenantId}',
    ...(hasDashboard ? [`dashboard={${dashboard}}`] : []),
  ];
  const content = example
    ? writeElement(example, [], GUARD_DEPTH)
    : writeElement(
        'SecureUpsolveDashboard',
        props.map(({ code }) => code),
        GUARD_DEPTH,
      );
  return [
    ...mergeImports(imports),
    '',
    ...sayFlags(args),
    'export function SalesPage({ tenantId }: { tenantId: string | null }) {',
    '  return (',
    writeElement('UpsolveTenantProvider', provider, 4, content),
    '  );',
    '}',
    ...sources.flatMap(({ body }) => ['', body.trim()]),
    '',
  ].join('\n');
}

interface WrittenProp {
  readonly code: string;
  readonly example?: ExampleName | undefined;
}

function readProps(args: Readonly<Record<string, unknown>>): WrittenProp[] {
  const flags = readFlags(args) ?? {};
  const texts = readTexts(args);
  const props: WrittenProp[] = [];
  for (const [name, value] of Object.entries(args)) {
    if (LEFT_OUT.includes(name) || name in flags || name.startsWith('text-')) continue;
    if (value === undefined || value === '' || value === 'default') continue;
    if (!(CHOSEN_PROPS as readonly string[]).includes(name)) props.push({ code: writeProp(name, { value }) });
    else {
      const choice = getChoice(name as keyof Choices, value);
      if (choice.value !== undefined) props.push({ code: writeProp(name, choice), example: choice.example });
    }
  }
  return texts ? [...props, { code: writeProp('labels', { value: texts }) }] : props;
}

function writeProp(name: string, { value, code }: Choice): string {
  if (code !== undefined) return `${name}={${code}}`;
  if (typeof value === 'string' && !/["\\{}]/.test(value)) return `${name}="${value}"`;
  const data = writeData(value, GUARD_DEPTH + 2);
  // TypeScript knows no custom properties.
  return data.includes("'--") ? `${name}={${data} as CSSProperties}` : `${name}={${data}}`;
}

/** Data as a person writes it: in one line, or a line for each field where that would be too wide. */
function writeData(value: unknown, depth: number): string {
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    return quote + value.replace(quote === '"' ? /\\/g : /[\\']/g, '\\$&') + quote;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(
    ([name, field]) => `${/^\w+$/.test(name) ? name : `'${name}'`}: ${writeData(field, depth + 2)}`,
  );
  const inLine = `{ ${fields.join(', ')} }`;
  if (depth + inLine.length <= WIDEST && !inLine.includes('\n')) return inLine;
  const indent = ' '.repeat(depth);
  return ['{', ...fields.map((field) => `${indent}  ${field},`), `${indent}}`].join('\n');
}

/** An element at its depth: in one line, or a line for each prop where it would be too wide. */
function writeElement(name: string, props: readonly string[], depth: number, content?: string): string {
  const indent = ' '.repeat(depth);
  const end = content === undefined ? ' />' : '>';
  const inLine = `${indent}<${[name, ...props].join(' ')}${end}`;
  const opening =
    inLine.length <= WIDEST && !inLine.includes('\n')
      ? inLine
      : [`${indent}<${name}`, ...props.map((prop) => `${indent}  ${prop}`), indent + end.trim()].join('\n');
  return content === undefined ? opening : [opening, content, `${indent}</${name}>`].join('\n');
}

/** Permissions are no props: the backend sends them. */
function sayFlags(args: Readonly<Record<string, unknown>>): string[] {
  const flags = readFlags(args);
  if (!flags) return [];
  const granted = Object.entries(flags).filter(([, isSet]) => isSet);
  const sent = granted.length > 0 ? `{ ${granted.map(([name]) => `${name}: true`).join(', ')} }` : '{}';
  return [`// Permissions come from your backend: it answers { token, permissions: ${sent} }.`];
}

function splitImports(source: string): { imports: string[]; body: string } {
  const imports = source.match(/^import .+;$/gm) ?? [];
  const body = source.replace(/^import .+;\n/gm, '').replace(/^export (?=function)/gm, '');
  return { imports, body };
}

/** Each module once, its names in order; a type among values says that it is one. */
function mergeImports(imports: readonly string[]): string[] {
  const modules = new Map<string, Set<string>>();
  for (const line of imports) {
    const [, isType, names = '', module = ''] = /^import (type )?\{ (.+) \} from '(.+)';$/.exec(line) ?? [];
    const known = modules.get(module) ?? new Set();
    for (const name of names.split(', ')) known.add(isType && !name.startsWith('type ') ? `type ${name}` : name);
    modules.set(module, known);
  }
  const bare = (name: string): string => name.replace(/^type /, '');
  return [...modules]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([module, names]) => {
      const sorted = [...names].toSorted((a, b) => bare(a).localeCompare(bare(b)));
      return sorted.every((name) => name.startsWith('type '))
        ? `import type { ${sorted.map(bare).join(', ')} } from '${module}';`
        : `import { ${sorted.join(', ')} } from '${module}';`;
    });
}
